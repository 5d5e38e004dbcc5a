/** One interface to object stores: objects by key, nothing known of what they hold. */
@NullMarked
package io.raic.cloud;

import org.jspecify.annotations.NullMarked;
