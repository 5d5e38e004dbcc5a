package io.raic.cloud.box.fake;

import java.nio.file.Path;

/**
 * The bytes of one version of a file.
 *
 * @param path where they are, in the directory of the fake
 * @param size how many
 * @param sha1 in hex
 */
record Body(Path path, long size, String sha1) {}
