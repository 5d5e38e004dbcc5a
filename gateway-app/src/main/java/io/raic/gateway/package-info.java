/** The gateway: what it is configured with, and how its parts are joined. */
@NullMarked
package io.raic.gateway;

import org.jspecify.annotations.NullMarked;
