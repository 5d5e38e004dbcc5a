package io.raic.cloud.memory;

import io.raic.cloud.ObjectInfo;

/** One version of an object; its bytes are never changed. */
final class MemoryObject {
  private final ObjectInfo info;
  private final byte[] bytes;

  MemoryObject(ObjectInfo info, byte[] bytes) {
    this.info = info;
    this.bytes = bytes;
  }

  ObjectInfo info() {
    return info;
  }

  byte[] bytes() {
    return bytes;
  }
}
