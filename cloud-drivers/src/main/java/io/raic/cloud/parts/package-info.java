/** Uploads to providers that take an object whole or in parts. */
@NullMarked
package io.raic.cloud.parts;

import org.jspecify.annotations.NullMarked;
