package io.raic.gateway.web;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.DirectoryCap;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.MutableReadCap;
import io.raic.crypto.capability.MutableVerifyCap;
import io.raic.crypto.capability.MutableWriteCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.MerkleTree;
import io.raic.crypto.share.Geometry;

/** Capabilities as they come in URLs. */
public final class Caps {
  /** With longer segments, or more of them, nothing is read. */
  private static final long MAX_BYTES = (long) Geometry.MAX_SEGMENT_BYTES * MerkleTree.MAX_LEAVES;

  private Caps() {}

  /**
   * Reads the capability of an immutable file.
   *
   * @throws BadRequestException 400 if it is none, 501 if it is one of a kind that is not served
   */
  public static Capability file(String text) {
    Capability cap;
    try {
      cap = Capabilities.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException("bad capability: " + e.getMessage());
    }
    return switch (cap) {
      case ReadCap read -> possible(read, read.size());
      case VerifyCap verify -> possible(verify, verify.size());
      case LiteralCap _ -> cap;
      case MutableWriteCap _, MutableReadCap _, MutableVerifyCap _, DirectoryCap _ ->
          throw new BadRequestException(
              501, "%s: this gateway serves immutable files only".formatted(cap.kind()));
    };
  }

  private static Capability possible(Capability cap, long size) {
    if (size > MAX_BYTES) {
      throw new BadRequestException(
          "bad capability: a file of %d bytes; the limit is %d".formatted(size, MAX_BYTES));
    }
    return cap;
  }
}
