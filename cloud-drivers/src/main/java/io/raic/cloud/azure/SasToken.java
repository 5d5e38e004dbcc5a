package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A shared access signature: a query that allows some things until some time. */
final class SasToken implements AzureCredential {
  /** What an address can have. It never goes back, so that a long one needs no deep stack. */
  private static final Pattern VALID =
      Pattern.compile("(?:[A-Za-z0-9=&._~:+/-]|%[0-9A-Fa-f]{2}){1,4096}+");

  private final Supplier<String> text;

  /**
   * Takes a signature.
   *
   * @param text asked for each time, since it may change in its file; with or without a ?
   */
  SasToken(Supplier<String> text) {
    this.text = text;
  }

  @Override
  public String sign(
      Request request,
      String method,
      String address,
      Map<String, String> headers,
      Deadline deadline) {
    var query = query();
    if (!VALID.matcher(query).matches() || field(query, "sig").isEmpty()) {
      throw new BackendException.AccessDenied(
          request, "the SAS token is not a query like sv=...&se=...&sig=...");
    }
    return address + (address.indexOf('?') < 0 ? "?" : "&") + query;
  }

  private String query() {
    var query = text.get();
    return query.startsWith("?") ? query.substring(1) : query;
  }

  private static Optional<String> field(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1).replace("%3A", ":").replace("%3a", ":"))
        .findFirst();
  }

  @Override
  public Optional<Instant> end() {
    try {
      return field(query(), "se").map(SasToken::instant);
    } catch (DateTimeException | IllegalStateException _) {
      // Whoever uses it will hear what is wrong with it.
      return Optional.empty();
    }
  }

  /** Takes each of the forms that Azure does: a date, a time of minutes, a time of seconds. */
  private static Instant instant(String text) {
    if (!text.contains("T")) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return LocalDateTime.parse(text.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
  }

  @Override
  public String whyDoubted(Instant now) {
    return end()
        .filter(end -> !end.isAfter(now))
        .map(end -> "the SAS token has ended at " + end)
        .orElse("the SAS token is not valid yet, not whole, or its key or policy was changed");
  }

  @Override
  public boolean renew(Map<String, String> headers) {
    return false;
  }
}
