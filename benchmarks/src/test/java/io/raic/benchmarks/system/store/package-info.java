/** The rig's stores, as the driver sees them. */
@NullMarked
package io.raic.benchmarks.system.store;

import org.jspecify.annotations.NullMarked;
