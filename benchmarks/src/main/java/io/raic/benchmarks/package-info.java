/** How fast the parts of the data path are, one thread each; never part of the product. */
@NullMarked
package io.raic.benchmarks;

import org.jspecify.annotations.NullMarked;
