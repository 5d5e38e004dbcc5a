/** The engine over simulated providers, by a simulated clock, in an order that a seed decides. */
@NullMarked
package io.raic.gateway.simulation;

import org.jspecify.annotations.NullMarked;
