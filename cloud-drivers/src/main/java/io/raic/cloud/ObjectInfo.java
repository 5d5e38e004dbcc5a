package io.raic.cloud;

/**
 * What a store knows of an object.
 *
 * @param key its name
 * @param size its bytes
 * @param version changes whenever the object does
 */
public record ObjectInfo(ObjectKey key, long size, VersionToken version) {}
