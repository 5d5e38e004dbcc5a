package io.raic.gateway.watch;

import java.util.List;
import java.util.OptionalLong;

/** What each token has stored. For any thread; asked with each scrape. */
public interface TokenUsage {
  /**
   * A token.
   *
   * @param name that it was given; never the token itself
   * @param storedBytes of its files
   * @param quotaBytes that it may store; empty for any number
   */
  record OfToken(String name, long storedBytes, OptionalLong quotaBytes) {}

  /** Returns all tokens that are valid. */
  List<OfToken> tokens();
}
