/** A small strict server that answers as Box does, for tests of whatever speaks to Box. */
@NullMarked
package io.raic.cloud.box.fake;

import org.jspecify.annotations.NullMarked;
