/** Objects as files below a directory, written so that a crash never shows half of one. */
@NullMarked
package io.raic.cloud.local;

import org.jspecify.annotations.NullMarked;
