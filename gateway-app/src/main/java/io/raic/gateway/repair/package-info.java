/** Checking files and making lost shares again, with nothing but the verify cap. */
@NullMarked
package io.raic.gateway.repair;

import org.jspecify.annotations.NullMarked;
