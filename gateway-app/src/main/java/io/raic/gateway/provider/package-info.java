/** The providers a gateway is configured with: what is said of each, where, and their trial. */
@NullMarked
package io.raic.gateway.provider;

import org.jspecify.annotations.NullMarked;
