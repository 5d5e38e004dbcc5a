/** One share of an immutable file: its layout, written and read (format §4, §6 to §9). */
@NullMarked
package io.raic.crypto.share;

import org.jspecify.annotations.NullMarked;
