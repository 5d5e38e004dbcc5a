/** The gateway as its users run it: whole processes, killed, stopped, and given large files. */
@NullMarked
package io.raic.gateway.system;

import org.jspecify.annotations.NullMarked;
