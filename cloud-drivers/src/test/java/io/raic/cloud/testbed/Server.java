package io.raic.cloud.testbed;

/** A server that runs, in a process or in a container. */
interface Server extends AutoCloseable {
  /** Returns the port on 127.0.0.1 where it answers. */
  int port();

  /** Ends it. */
  @Override
  void close();
}
