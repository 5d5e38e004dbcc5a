package io.raic.cloud;

/**
 * How full a store is.
 *
 * @param totalBytes all it can hold
 * @param freeBytes what it can still take
 */
public record Capacity(long totalBytes, long freeBytes) {}
