/**
 * The dashboard: pages, their live stream, and the history that they draw. It asks the engine and
 * is never waited for; nothing on its pages, or in their addresses, reads a file.
 */
@NullMarked
package io.raic.gateway.admin;

import org.jspecify.annotations.NullMarked;
