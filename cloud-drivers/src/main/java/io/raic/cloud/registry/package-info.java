/** Which driver a configuration asks for. */
@NullMarked
package io.raic.cloud.registry;

import org.jspecify.annotations.NullMarked;
