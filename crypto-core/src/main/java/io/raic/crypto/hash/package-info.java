/** Tagged hashes and Merkle trees (format §1.3, §6). */
@NullMarked
package io.raic.crypto.hash;

import org.jspecify.annotations.NullMarked;
