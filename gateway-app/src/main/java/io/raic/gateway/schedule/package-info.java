/** Time, threads and waiting, of the machine or of a simulation. */
@NullMarked
package io.raic.gateway.schedule;

import org.jspecify.annotations.NullMarked;
