/**
 * Whole immutable files: encode, decode, decrypt and repair (format §3, §9, §22).
 *
 * <p>{@link io.raic.crypto.file.Ciphertext} is the hinge: upload makes one of a plaintext and
 * encodes it; download makes one of shares and decrypts it; repair makes one of shares and encodes
 * it again, and so never meets a key.
 */
@NullMarked
package io.raic.crypto.file;

import org.jspecify.annotations.NullMarked;
