package io.raic.benchmarks.drivers;

/**
 * The least that a server of a protocol answers so that a driver goes on: it takes everything,
 * keeps nothing, and every object is {@link Workload#OBJECT_BYTES} zeros.
 */
@FunctionalInterface
interface Sink {
  /** Answers a request whose body has been read. */
  Answer answer(Ask ask);
}
