/** How a driver says what it is configured with, and reads it. */
@NullMarked
package io.raic.cloud.settings;

import org.jspecify.annotations.NullMarked;
