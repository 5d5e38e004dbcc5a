/**
 * Capabilities: the short strings with which a file is found, decrypted and checked (format §2).
 */
@NullMarked
package io.raic.crypto.capability;

import org.jspecify.annotations.NullMarked;
