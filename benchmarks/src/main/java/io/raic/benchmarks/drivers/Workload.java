package io.raic.benchmarks.drivers;

/** Writes and reads objects; for one thread. */
interface Workload extends AutoCloseable {
  /** How long an object is. */
  int OBJECT_BYTES = 64 << 20;

  /** How long a part of it is, where it goes in parts. */
  int PART_BYTES = 5 << 20;

  /** What the data path hands over at once. */
  int PIECE_BYTES = 1 << 17;

  /** Writes an object. */
  void put() throws Exception;

  /** Reads an object. */
  void get() throws Exception;

  @Override
  void close();
}
