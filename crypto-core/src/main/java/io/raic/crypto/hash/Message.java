package io.raic.crypto.hash;

import static io.raic.crypto.hash.LaneKernel.BLOCK_BYTES;

import java.util.Objects;

/** Something to hash: {@code length} bytes of an array, which stay the caller's, after a prefix. */
final class Message {
  /** The end of the last block: a one bit, and the number of bits before it. */
  private static final int PADDING_BYTES = 1 + Long.BYTES;

  final Tag tag;
  final byte[] data;
  final int offset;
  final int length;

  /** Which of the results is this one's. */
  final int place;

  Message(Tag tag, byte[] data, int offset, int length, int place) {
    Objects.checkFromIndexSize(offset, length, data.length);
    this.tag = tag;
    this.data = data;
    this.offset = offset;
    this.length = length;
    this.place = place;
  }

  /** Returns how many blocks SHA-256 makes of it. */
  int blocks() {
    return (int) ((hashedBytes() + PADDING_BYTES + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  /** Returns the bytes of prefix and data. */
  long hashedBytes() {
    return (long) tag.prefix().length + length;
  }
}
