/** What every call to a provider needs: an end, and at most one layer that tries again. */
@NullMarked
package io.raic.cloud.call;

import org.jspecify.annotations.NullMarked;
