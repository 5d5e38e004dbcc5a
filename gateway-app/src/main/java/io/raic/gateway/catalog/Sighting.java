package io.raic.gateway.catalog;

import java.time.Instant;

/**
 * Where a share was last seen.
 *
 * @param share its number
 * @param store the id of the store
 * @param bytes its length, when it was last there
 * @param seenAt when it was last there
 * @param result what was found when it was last looked for
 */
public record Sighting(int share, String store, long bytes, Instant seenAt, ShareResult result) {}
