/** Swift's driver against Swift. */
@NullMarked
package io.raic.cloud.swift;

import org.jspecify.annotations.NullMarked;
