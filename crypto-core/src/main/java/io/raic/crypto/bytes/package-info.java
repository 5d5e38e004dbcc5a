/** Byte strings, key bytes, and the two text forms the format writes them in. */
@NullMarked
package io.raic.crypto.bytes;

import org.jspecify.annotations.NullMarked;
