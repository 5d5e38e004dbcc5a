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
          List.of("skew", "clock", "requestexpired", "request has expired"),
          "check the clock of this machine, which NTP sets best; if it is right, the credentials are"
              + " not valid now");

  private static final Cause LOCKED =
      new Cause(
          List.of("in use by another gateway"),
          "a gateway that runs has this directory, and one process at a time can: stop it to test"
              + " the directory. That it has it shows that it can use it");

  private static final Cause TLS =
      new Cause(
          List.of("ssl", "tls", "certificate", "pkix", "handshake", "no secure", "no encrypted"),
          "the connection cannot be made secure: check that the address begins with the right one"
              + " of http and https, and that this machine trusts the server's certificate");

  private static final Cause PLAIN =
      new Cause(
          List.of("wants https", "is encrypted and the storage"),
          "the provider, or its storage, is to be asked by https: correct the address");

  private static final Cause NAME =
      new Cause(
          List.of(
              "unknownhost",
              "unresolvedaddress",
              "name or service not known",
              "no such host",
              "name is unknown",
              "name is not known",
              "name of the server is unknown"),
          "there is no host of this name: check the address or the region for a mistake, and the"
              + " network's name service");

  private static final Cause MISSING =
      new Cause(
          List.of(
              "nosuchbucket",
              "there is no bucket",
              "there is no folder",
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

  /** What answers is something else. */
  private static final Cause ADDRESS =
      new Cause(
          List.of(
              "makes no sense",
              "is no json",
              "is no listing",
              "not azure's answer",
              "does not speak http",
              "no keystone",
              "the catalog has no",
              "gave no token",
              "gave no address"),
          "what answers is not what was looked for: check the address, and look for a proxy that"
              + " answers in the provider's place");

  private static final Cause BLOCKED =
      new Cause(
          List.of("closed or blocked", "is disabled"),
          "the provider, or its administrator, has shut this: look there for the reason");

  private static final Cause NETWORK =
      new Cause(
          List.of("network rules", "for other addresses"),
          "let this machine's address in, where the provider's network rules or the token keep it"
              + " out");

  /** What is kept from being read or changed, whoever asks. */
  private static final Cause HELD =
      new Cause(
          List.of("is archived", "archive tier", "immutability", "legal hold", "holds a lease"),
          "something archives or locks objects there: nothing may, where shares are. Take off the"
              + " rule, the lock or the lease");

  /** What the provider does not do, whoever asks. */
  private static final Cause UNSUPPORTED =
      new Cause(
          List.of(
              "cannot do that",
              "does not have what is asked",
              "access tier",
              "something else wrote",
              "abandoned blocks",
              "refused: ",
              "refuses the request",
              "refuses that",
              "box answers 400"),
          "the provider does not take such a request: compare this provider's settings with its"
              + " page in docs/providers, and let nothing else write there");

  /** What the account may do, and not who it is. */
  private static final Cause RIGHT =
      new Cause(
          List.of(
              "no permission",
              "not allow",
              "role is missing",
              "the scope",
              "has not authorized",
              "policy forbids"),
          PERMISSION);

  private static final Cause KIND =
      new Cause(
          List.of("does not allow keys"),
          "the account takes no credentials of this kind: configure others");

  private static final Cause CREDENTIALS =
      new Cause(
          List.of(
              "invalidaccesskeyid",
              "signaturedoesnotmatch",
              "authenticationfailed",
              "authentication",
              "unauthenticated",
              "unauthorized",
              "credential",
              "account key",
              "client id",
              "tenant",
              "certificate",
              "configuration cannot be read",
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
              "reached",
              "unreachable",
              "no route",
              "no answer",
              "failed to respond",
              "in time",
              "too long",
              "timed out",
              "timeout",
              "reset",
              "interrupted"),
          "the provider cannot be reached, or does not answer in time: check the network, a proxy"
              + " or firewall, and the address");

  private static final Cause TOKEN_FILE =
      new Cause(
          List.of("holds the token file"),
          "another process, perhaps a gateway that runs, renews the token just now: try again");

  /** Where credentials come from that a machine has by itself. */
  private static final Cause SOURCE =
      new Cause(
          List.of("no credentials can be had"),
          "what gives the credentials does not answer: check it, and the network on the way to it");

  private static final List<Cause> DENIED =
      List.of(
          CLOCK,
          MISSING,
          PLAIN,
          REGION,
          ADDRESS,
          BLOCKED,
          NETWORK,
          HELD,
          KIND,
          UNSUPPORTED,
          RIGHT,
          CREDENTIALS);

  /**
   * Credentials are none of them: drivers tell wrong ones apart, and a service for tokens that does
   * not answer says nothing about them.
   */
  private static final List<Cause> UNAVAILABLE =
      List.of(
          CLOCK,
          LOCKED,
          TOKEN_FILE,
          SOURCE,
          MISSING,
          DISK,
          NAME,
          TLS,
          REGION,
          ADDRESS,
          UNREACHABLE);

  private Diagnosis() {}

  /** Returns what {@code failure} probably means; it quotes nothing of it. */
  static String of(BackendException failure) {
    String words = words(failure);
    return switch (failure) {
      case BackendException.AccessDenied _ -> first(words, DENIED).orElse(PERMISSION);
      case BackendException.Unavailable _ ->
          first(words, UNAVAILABLE).orElse("it may work again later; else ask the provider");
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

  private static Optional<String> first(String words, List<Cause> causes) {
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
