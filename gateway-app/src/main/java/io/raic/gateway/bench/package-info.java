/** What a user's providers do, measured, and which k and n that speaks for. */
@NullMarked
package io.raic.gateway.bench;

import org.jspecify.annotations.NullMarked;
