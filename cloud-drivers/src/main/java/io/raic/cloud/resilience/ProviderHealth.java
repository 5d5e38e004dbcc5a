package io.raic.cloud.resilience;

/**
 * How a provider does, and what people can do about it: all that a dashboard or metrics need to
 * know. For any thread; nothing here waits for the provider.
 */
public interface ProviderHealth {
  /** Returns the name of the store. */
  String id();

  /** Returns how it does now. */
  ProviderReport report();

  /**
   * Keeps all calls of a kind away from it until {@link #reset}; no canary is sent for that kind.
   *
   * @param reason a line for those that wonder
   */
  void forceOpen(Kind kind, String reason);

  /**
   * Lets calls of a kind through again, whatever the reason was that they were not; one that asked
   * for fewer calls is asked again at once.
   */
  void reset(Kind kind);

  /**
   * Refuses new uploads and removals until {@link #resumeWrites}; uploads that go on may end.
   *
   * @param reason a line for those that wonder
   */
  void pauseWrites(String reason);

  /** Ends a pause of writes. */
  void resumeWrites();

  /** Asks for a canary soon, whether or not anything is broken. */
  void probeNow();
}
