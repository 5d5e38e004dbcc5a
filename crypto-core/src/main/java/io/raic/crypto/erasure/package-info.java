/** Any k of n blocks rebuild a segment (format §5). */
@NullMarked
package io.raic.crypto.erasure;

import org.jspecify.annotations.NullMarked;
