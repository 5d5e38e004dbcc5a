/** What is said of providers, and their trial. */
@NullMarked
package io.raic.gateway.provider;

import org.jspecify.annotations.NullMarked;
