@NullMarked
package io.raic.gateway.access;

import org.jspecify.annotations.NullMarked;
