/** The clouds as one share store: where shares are put, found, read, and whether that is safe. */
@NullMarked
package io.raic.gateway.grid;

import org.jspecify.annotations.NullMarked;
