package io.raic.cloud.azure;

import com.azure.core.exception.HttpResponseException;
import com.azure.identity.CredentialUnavailableException;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says why there is no token. What the library throws tells of requests and their bodies, so
 * nothing of it is passed on but Entra's number for the error.
 */
final class EntraErrors {
  private static final Pattern NUMBER = Pattern.compile("AADSTS([0-9]{4,9})");
  private static final int MAX_CAUSES = 16;

  private EntraErrors() {}

  static BackendException of(Request request, @Nullable Throwable thrown) {
    var number = causes(thrown).flatMap(EntraErrors::number).findFirst();
    if (number.isPresent()) {
      return ofNumber(request, number.get());
    }
    if (causes(thrown).anyMatch(CredentialUnavailableException.class::isInstance)) {
      return new BackendException.AccessDenied(
          request,
          "no Microsoft Entra credential is to be had here: the machine has no identity, or what"
              + " the settings or the environment tell of it is missing or not whole");
    }
    if (causes(thrown).anyMatch(IllegalStateException.class::isInstance)
        || causes(thrown).anyMatch(IllegalArgumentException.class::isInstance)) {
      return new BackendException.AccessDenied(
          request, "the Microsoft Entra credential cannot be read, or is not what it should be");
    }
    var status = causes(thrown).flatMap(EntraErrors::status).findFirst().orElse(0);
    if (status == 400 || status == 401 || status == 403) {
      return new BackendException.AccessDenied(
          request, "the identity service gives no token (status %d)".formatted(status));
    }
    boolean isNetwork = causes(thrown).anyMatch(IOException.class::isInstance);
    return new BackendException.Unavailable(
        request,
        isNetwork
            ? "Microsoft Entra, or the machine's identity service, cannot be reached"
            : "there is no token to be had");
  }

  private static BackendException ofNumber(Request request, String number) {
    var why =
        switch (number) {
          case "7000215" -> "the client secret is wrong";
          case "7000222" -> "the client secret has ended: make a new one";
          case "700016" -> "the tenant does not know the client id";
          case "90002", "900023" -> "there is no such tenant";
          case "700027" -> "the certificate is not one of the application's, or has ended";
          case "700024" ->
              "the token of the workload, or the assertion, has ended: is the clock" + " right?";
          case "70021", "700211", "700212", "700213" ->
              "no federated credential of the application" + " fits the token of the workload";
          case "7000112" -> "the application is disabled";
          case "53003" -> "a conditional access policy forbids it";
          default -> "Microsoft Entra gives no token";
        };
    // What Entra says of itself, that it is busy or failing.
    boolean isPassing = Stream.of("90033", "90006", "50196", "90023").anyMatch(number::equals);
    return isPassing
        ? new BackendException.Unavailable(
            request, "Microsoft Entra is busy (AADSTS" + number + ")")
        : new BackendException.AccessDenied(request, why + " (AADSTS" + number + ")");
  }

  private static Stream<Throwable> causes(@Nullable Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, t -> t == null ? null : t.getCause())
        .filter(Objects::nonNull)
        .limit(MAX_CAUSES)
        .map(Objects::requireNonNull);
  }

  private static Stream<String> number(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage()).stream()
        .flatMap(message -> NUMBER.matcher(message).results())
        .map(found -> found.group(1));
  }

  private static Stream<Integer> status(Throwable thrown) {
    return thrown instanceof HttpResponseException e && e.getResponse() != null
        ? Stream.of(e.getResponse().getStatusCode())
        : Stream.empty();
  }
}
