/** The engine, from a plaintext to the stores and back, while stores fail. */
@NullMarked
package io.raic.gateway.engine;

import org.jspecify.annotations.NullMarked;
