package io.raic.cloud;

/**
 * Names one version of an object, in the store's own words; only for comparing.
 *
 * @param text the store's words
 */
public record VersionToken(String text) {}
