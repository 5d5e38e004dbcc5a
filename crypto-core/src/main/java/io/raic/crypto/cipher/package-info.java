/** Keys of immutable files and the cipher they are used with (format §1.5, §3). */
@NullMarked
package io.raic.crypto.cipher;

import org.jspecify.annotations.NullMarked;
