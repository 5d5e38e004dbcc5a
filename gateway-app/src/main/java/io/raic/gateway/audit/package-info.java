/**
 * The log of what people did to this gateway and its users: appended to, never changed, and chained
 * by hashes so that a change is found.
 */
@NullMarked
package io.raic.gateway.audit;

import org.jspecify.annotations.NullMarked;
