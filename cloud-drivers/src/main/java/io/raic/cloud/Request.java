package io.raic.cloud;

import java.util.Locale;
import java.util.Optional;

/**
 * What was asked of which store: it stands at the head of every error.
 *
 * @param backend the id of the store
 * @param operation what was asked
 * @param id what the provider calls this request, for its support; empty if it did not say
 */
public record Request(String backend, Operation operation, Optional<String> id) {
  /** The most characters of a provider's word that are kept. */
  private static final int MAX_ID_CHARACTERS = 128;

  /** Takes of the provider's word what can stand in a line of a log. */
  public Request {
    id =
        id.map(word -> word.replaceAll("[^A-Za-z0-9+/=._:-]", ""))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, Math.min(word.length(), MAX_ID_CHARACTERS)));
  }

  /** Returns a request that the provider has not named. */
  public static Request of(String backend, Operation operation) {
    return new Request(backend, operation, Optional.empty());
  }

  /** Returns this request as the provider names it. */
  public Request named(String providersId) {
    return new Request(backend, operation, Optional.of(providersId));
  }

  /** Returns an error message: which store, which operation, and what happened. */
  String tells(String what) {
    String named = id.map(" (request %s)"::formatted).orElse("");
    return "%s: %s: %s%s"
        .formatted(backend, operation.name().toLowerCase(Locale.ROOT), what, named);
  }
}
