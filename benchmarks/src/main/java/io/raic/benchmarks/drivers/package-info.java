/** How much of a processor a byte costs in each driver; never part of the product. */
@NullMarked
package io.raic.benchmarks.drivers;

import org.jspecify.annotations.NullMarked;
