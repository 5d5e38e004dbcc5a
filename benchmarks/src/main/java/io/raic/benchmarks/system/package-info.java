/** What the whole system costs and how long it takes; never part of the product. */
@NullMarked
package io.raic.benchmarks.system;

import org.jspecify.annotations.NullMarked;
