/** Faults between a driver and its server, on real sockets. */
@NullMarked
package io.raic.cloud.wire;

import org.jspecify.annotations.NullMarked;
