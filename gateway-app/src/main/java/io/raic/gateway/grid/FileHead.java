package io.raic.gateway.grid;

import io.raic.crypto.hash.HashList;
import io.raic.crypto.share.Geometry;

/**
 * What tells a right segment of a file from a wrong one; verified by the capability.
 *
 * <p>The hashes are not changed any more: for any number of threads.
 *
 * @param geometry how the file is cut
 * @param segmentHashes of its ciphertext's segments
 */
public record FileHead(Geometry geometry, HashList segmentHashes) {}
