package io.raic.cloud.resilience;

/** Starts threads, so that whoever uses a guard knows of all there are. */
@FunctionalInterface
public interface ThreadStarter {
  /** Starts {@code work} on a virtual thread and returns it. */
  Thread start(String name, Runnable work);
}
