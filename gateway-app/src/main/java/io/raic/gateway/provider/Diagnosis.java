package io.raic.gateway.provider;

import io.raic.cloud.BackendException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is probably wrong, in plain words, and what to do about it.
 *
 * <p>Providers say it in codes and sentences of their own, which drivers keep in their messages:
 * what is looked for here are those of the five clouds and of Java. A guess, from the special to
 * the general; the provider's own words are always shown next to it.
 */
final class Diagnosis {
  /** The most causes looked at: a chain of them need not end. */
  private static final int MAX_CAUSES = 10;

  private record Cause(List<String> signs, String advice) {}

  /** Said where nothing tells more. */
  static final String PERMISSION =
      "the account may not do this: give it the permission to read, write, list and delete objects"
          + " there";

  private static final Cause CLOCK =
      new Cause(
          List.of("skew", "clock", "requestexpired", "request has expired", "not yet valid"),
          "check the clock of this machine, which NTP sets best; if it is right, the credentials are"
              + " not valid now");

  private static final Cause LOCKED =
      new Cause(
          List.of("in use by another gateway"),
          "a gateway that runs has this directory, and one process at a time can: stop it to test"
              + " the directory. That it has it shows that it can use it");

  private static final Cause TLS =
      new Cause(
          List.of("ssl", "tls", "certificate", "pkix", "handshake"),
          "the connection cannot be made secure: check that the address begins with the right one"
              + " of http and https, and that this machine trusts the server's certificate");

  private static final Cause NAME =
      new Cause(
          List.of("unknownhost", "unresolvedaddress", "name or service not known", "no such host"),
          "there is no host of this name: check the address or the region for a mistake, and the"
              + " network's name service");

  private static final Cause MISSING =
      new Cause(
          List.of(
              "nosuchbucket",
              "there is no bucket",
              "does not exist",
              "containernotfound",
              "no such container",
              "no such account",
              "no such folder",
              "no such item"),
          "there is no such bucket, container or folder: make it, or correct its name");

  private static final Cause DISK =
      new Cause(
          List.of("is its disk there", "is not a directory"),
          "mount the disk, or make the directory above the store's");

  private static final Cause REGION =
      new Cause(
          List.of(
              "permanentredirect",
              "authorizationheadermalformed",
              "region",
              "somewhere else",
              "illegallocationconstraint"),
          "the region, or the address, is not the bucket's: correct it");

  /** What the account may do, and not who it is. */
  private static final Cause RIGHT =
      new Cause(
          List.of("no permission", "not allow", "role is missing", "does not have that access"),
          PERMISSION);

  private static final Cause CREDENTIALS =
      new Cause(
          List.of(
              "invalidaccesskeyid",
              "signaturedoesnotmatch",
              "expiredtoken",
              "invalidtoken",
              "invalid_token",
              "invalid_client",
              "invalid_grant",
              "authenticationfailed",
              "authentication",
              "unauthenticated",
              "unauthorized",
              "credential",
              "secret",
              "token",
              "login",
              "401",
              "cannot read"),
          "the credentials are wrong, or have ended: check that all of them were copied, that they"
              + " belong to this account, and that they are still valid there");

  private static final Cause UNREACHABLE =
      new Cause(
          List.of(
              "connect",
              "refused",
              "unreachable",
              "no route",
              "timed out",
              "timeout",
              "reset",
              "interrupted"),
          "the provider cannot be reached, or does not answer in time: check the network, a proxy"
              + " or firewall, and the address");

  private Diagnosis() {}

  /** Returns what {@code failure} probably means; it quotes nothing of it. */
  static String of(BackendException failure) {
    String words = words(failure);
    return switch (failure) {
      case BackendException.AccessDenied _ ->
          first(words, CLOCK, MISSING, TLS, REGION, RIGHT, CREDENTIALS).orElse(PERMISSION);
      case BackendException.Unavailable _ ->
          first(words, CLOCK, LOCKED, MISSING, DISK, NAME, TLS, REGION, CREDENTIALS, UNREACHABLE)
              .orElse("it may work again later; else ask the provider");
      case BackendException.Throttled throttled ->
          throttled.retryAfter().isPositive()
              ? "the provider wants fewer requests: try again in %d s"
                  .formatted(throttled.retryAfter().toSeconds() + 1)
              : "the provider wants fewer requests: try again later, or ask it for a higher limit";
      case BackendException.OutOfSpace _ ->
          "the store or the account's quota is full: make room, or raise the quota";
      case BackendException.PreconditionFailed _ ->
          "somebody else writes to the same place: run the test again, with nothing else there";
      case BackendException.Corrupt _ ->
          "what was read is not what the provider says it is: look for a proxy that changes"
              + " answers; else do not use this provider";
    };
  }

  private static Optional<String> first(String words, Cause... causes) {
    for (var cause : causes) {
      if (cause.signs().stream().anyMatch(words::contains)) {
        return Optional.of(cause.advice());
      }
    }
    return Optional.empty();
  }

  /** The message, and the kinds of the causes: their messages are only looked at, never shown. */
  private static String words(BackendException failure) {
    var words = new StringBuilder();
    @Nullable Throwable t = failure;
    for (int i = 0; t != null && i < MAX_CAUSES; i++) {
      String message = String.valueOf(t.getMessage());
      if (i == 0) {
        // The store's own name may be any word.
        words.append(message.substring(Math.min(failure.backend().length(), message.length())));
      } else {
        words.append(t.getClass().getSimpleName()).append(' ').append(message);
      }
      words.append(' ');
      t = t.getCause();
    }
    // What a provider calls a request may look like any number.
    String id = failure.request().id().orElse("");
    return words.toString().replace("(request " + id + ")", "").toLowerCase(Locale.ROOT);
  }
}
