/** The HTTP interface, tested over real connections to a whole gateway. */
@NullMarked
package io.raic.gateway.http;

import org.jspecify.annotations.NullMarked;
