/** Objects as files of Box. */
@NullMarked
package io.raic.cloud.box;

import org.jspecify.annotations.NullMarked;
