/**
 * Being watched: health and metrics on a port of their own, traces, and what happens when the
 * gateway is told to stop. Only this package knows the libraries for that; what is watched is
 * counted where it happens, and asked from here.
 */
@NullMarked
package io.raic.gateway.watch;

import org.jspecify.annotations.NullMarked;
