/** Tests of what watches. */
@org.jspecify.annotations.NullMarked
package io.raic.gateway.watch;
