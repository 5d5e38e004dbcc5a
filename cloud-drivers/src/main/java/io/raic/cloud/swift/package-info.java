/**
 * Objects in a container of OpenStack Swift: a thin client of its own, because no Java library for
 * Swift is kept up.
 */
@NullMarked
package io.raic.cloud.swift;

import org.jspecify.annotations.NullMarked;
