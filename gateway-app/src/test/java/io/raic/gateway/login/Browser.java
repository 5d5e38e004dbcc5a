package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Somebody who uses the dashboard: keeps cookies, fills in forms, follows no redirect by itself.
 */
final class Browser {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  Browser(int port) {
    this.port = port;
  }

  /** Returns one with the same cookies that talks to another gateway. */
  Browser at(int otherPort) {
    var other = new Browser(otherPort);
    other.cookies.putAll(cookies);
    return other;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  /** Sends a header with everything from now on. */
  void always(String header, String value) {
    headers.put(header, value);
  }

  HttpResponse<String> get(String path) {
    return send(request(path).header("Accept", "text/html").GET());
  }

  /** Goes to an address, wherever it is. */
  HttpResponse<String> visit(URI address) {
    return send(HttpRequest.newBuilder(address).timeout(DEADLINE).header("Accept", "text/html"));
  }

  /** Sends a form of names and values in turn, with nothing added. */
  HttpResponse<String> post(String path, String... fields) {
    return send(post(path, Map.of(), fields));
  }

  /** Sends a form with a header that says what a page knows. */
  HttpResponse<String> postWith(String header, String value, String path) {
    return send(post(path, Map.of(header, value)));
  }

  /** Loads {@code path}, fills in its form and sends it to {@code action}. */
  HttpResponse<String> submit(String path, String action, String... fields) {
    var all = new ArrayList<>(List.of("_csrf", token(path)));
    all.addAll(List.of(fields));
    return post(action, all.toArray(String[]::new));
  }

  /** Returns the token that the forms of a page have. */
  String token(String path) {
    var page = get(path);
    var token = TOKEN.matcher(page.body());
    assertThat(token.find())
        .describedAs("%d %s".formatted(page.statusCode(), page.body()))
        .isTrue();
    return token.group(1);
  }

  HttpResponse<String> logIn(String name, String password) {
    return submit("/admin/login", "/admin/login", "name", name, "password", password);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
        .timeout(DEADLINE);
  }

  private HttpRequest.Builder post(String path, Map<String, String> headers, String... fields) {
    var form = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(fields[i], UTF_8))
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], UTF_8));
    }
    var request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString()));
    headers.forEach(request::header);
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      response.headers().allValues("Set-Cookie").forEach(this::keep);
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void keep(String cookie) {
    String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
    if (pair[1].isEmpty()) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  /** Returns where an answer leads. */
  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
