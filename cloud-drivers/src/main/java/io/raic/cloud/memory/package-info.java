/** A store in memory that goes wrong on demand, for tests and simulation. */
@NullMarked
package io.raic.cloud.memory;

import org.jspecify.annotations.NullMarked;
