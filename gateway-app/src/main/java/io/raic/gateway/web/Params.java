package io.raic.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arguments of a request, from its query and, of a POSTed form, its fields; the query comes
 * first.
 *
 * <p>The servlet's own parameters are not used: they would take the body of an upload for a form
 * whenever the client says so, as some do without being asked.
 */
public final class Params {
  private static final int MAX_FORM_BYTES = 64 << 10;
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> TRUE = Set.of("true", "t", "1", "on");
  private static final Set<String> FALSE = Set.of("false", "f", "0", "off");

  private final Map<String, String> values = new HashMap<>();

  private Params() {}

  /** Returns the arguments in the query; the body is left alone. */
  public static Params ofQuery(HttpServletRequest request) {
    var params = new Params();
    params.add(Objects.requireNonNullElse(request.getQueryString(), ""));
    return params;
  }

  /** Returns the arguments in the query and, if the body is a form, in its fields. */
  public static Params ofQueryAndForm(HttpServletRequest request) throws IOException {
    var params = ofQuery(request);
    String type = Objects.requireNonNullElse(request.getContentType(), "");
    if (type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
      byte[] form = RequestBody.of(request).readNBytes(MAX_FORM_BYTES + 1);
      if (form.length > MAX_FORM_BYTES) {
        throw new BadRequestException(413, "the form is longer than %d".formatted(MAX_FORM_BYTES));
      }
      params.add(new String(form, UTF_8));
    }
    return params;
  }

  /** Returns the query as it came, but for the argument {@code name}. */
  public static String queryWithout(String name, HttpServletRequest request) {
    String query = Objects.requireNonNullElse(request.getQueryString(), "");
    return Arrays.stream(query.split("&", -1))
        .filter(field -> !decode(field.split("=", 2)[0]).equals(name))
        .collect(Collectors.joining("&"));
  }

  private void add(String encoded) {
    for (String field : encoded.split("&", -1)) {
      int equals = field.indexOf('=');
      String name = equals < 0 ? field : field.substring(0, equals);
      String value = equals < 0 ? "" : field.substring(equals + 1);
      add(decode(name), decode(value));
    }
  }

  /** Adds an argument, unless one of that name was given before. */
  public void add(String name, String value) {
    values.putIfAbsent(name, value);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException _) {
      throw new BadRequestException("an argument is not percent-encoded correctly");
    }
  }

  /** Returns the argument {@code name}. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Returns the argument {@code name}, false if it is not given. */
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** Returns the argument {@code name}, {@code otherwise} if it is not given. */
  public boolean flag(String name, boolean otherwise) {
    var text = text(name).map(t -> t.toLowerCase(Locale.ROOT));
    if (text.isEmpty()) {
      return otherwise;
    }
    if (TRUE.contains(text.get())) {
      return true;
    }
    if (FALSE.contains(text.get())) {
      return false;
    }
    throw new BadRequestException("%s= is true or false".formatted(name));
  }
}
