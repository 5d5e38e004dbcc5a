/** Object stores on loopback that speak the least of S3, with faults and slow lines on demand. */
@NullMarked
package io.raic.benchmarks.system.store;

import org.jspecify.annotations.NullMarked;
