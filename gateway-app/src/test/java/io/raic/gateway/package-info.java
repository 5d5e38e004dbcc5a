/** Rules of the architecture, and what tests share. */
@NullMarked
package io.raic.gateway;

import org.jspecify.annotations.NullMarked;
