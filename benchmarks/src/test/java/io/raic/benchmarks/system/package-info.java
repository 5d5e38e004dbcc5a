/** The arithmetic of the rig that measures the whole system. */
@NullMarked
package io.raic.benchmarks.system;

import org.jspecify.annotations.NullMarked;
