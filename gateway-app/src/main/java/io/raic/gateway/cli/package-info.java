/** The {@code raic} command: talks to a gateway, or works on shares without one. */
@NullMarked
package io.raic.gateway.cli;

import org.jspecify.annotations.NullMarked;
