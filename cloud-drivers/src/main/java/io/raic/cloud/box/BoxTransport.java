package io.raic.cloud.box;

import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.fetchoptions.MultipartItem;
import com.box.sdkgen.networking.fetchresponse.FetchResponse;
import com.box.sdkgen.networking.networkclient.NetworkClient;
import com.box.sdkgen.serialization.json.JsonManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.raic.cloud.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Carries the SDK's requests.
 *
 * <p>The SDK's own client sends an empty body when it repeats an upload, copies parts, reads
 * answers and errors of any length, gives up on a token or waits on a 429 by itself, and knows no
 * deadline. This one sends each request once, under the {@link BoxCall} of the moment, and says
 * what came.
 */
final class BoxTransport implements NetworkClient {
  /** More than the longest page of a listing takes. */
  private static final int MAX_ANSWER_BYTES = 8 << 20;

  private final BoxHttp http;

  BoxTransport(BoxHttp http) {
    this.http = http;
  }

  @Override
  public FetchResponse fetch(FetchOptions options) {
    var call = BoxCall.current();
    var answer =
        http.send(
            call.request(),
            call.deadline(),
            exchange -> request(options, call, exchange),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    int status = answer.statusCode();
    boolean isDone = status == 200 || status == 201 || status == 204 || status == 302;
    if (!isDone) {
      throw BoxErrors.refusal(status, answer.headers(), readError(answer.body()));
    }
    var response = new FetchResponse.Builder(status, headers(answer.headers()));
    return answer.body().length == 0
        ? response.build()
        : response.data(read(answer.body())).build();
  }

  private static JsonNode read(byte[] body) {
    return JsonManager.jsonToSerializedData(new String(body, StandardCharsets.UTF_8));
  }

  private static JsonNode readError(byte[] body) {
    try {
      return body.length == 0 ? BoxErrors.noBody() : read(body);
    } catch (RuntimeException _) {
      // What stands before Box answers in a language of its own.
      return BoxErrors.noBody();
    }
  }

  private static Map<String, String> headers(HttpHeaders headers) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.map().forEach((name, values) -> all.put(name, values.getFirst()));
    return all;
  }

  private static HttpRequest request(
      FetchOptions options, BoxCall call, BoxHttp.Exchange exchange) {
    var request = HttpRequest.newBuilder(address(options)).header("User-Agent", "raic");
    call.token()
        .map(Secret::reveal)
        .ifPresent(token -> request.header("Authorization", "Bearer " + token));
    Optional.ofNullable(options.getHeaders()).orElse(Map.of()).forEach(request::header);
    IntConsumer sent =
        bytes -> {
          exchange.moved();
          call.sent().accept(bytes);
        };
    var body = body(options, sent, request);
    return request.method(options.getMethod(), body).build();
  }

  private static URI address(FetchOptions options) {
    var params = Optional.ofNullable(options.getParams()).orElse(Map.of());
    String query =
        params.entrySet().stream()
            .map(param -> encode(param.getKey()) + "=" + encode(param.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(query.isEmpty() ? options.getUrl() : options.getUrl() + "?" + query);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.BodyPublisher body(
      FetchOptions options, IntConsumer sent, HttpRequest.Builder request) {
    var parts = options.getMultipartData();
    if (parts != null) {
      return multipart(parts, sent, request);
    }
    if (options.getFileStream() instanceof BoxBytes bytes) {
      request.header("Content-Type", "application/octet-stream");
      return new BodyParts(List.of(bytes), sent);
    }
    JsonNode data = options.getData();
    if (data == null) {
      return HttpRequest.BodyPublishers.noBody();
    }
    request.header("Content-Type", options.getContentType());
    boolean isForm = "application/x-www-form-urlencoded".equals(options.getContentType());
    return HttpRequest.BodyPublishers.ofString(
        isForm ? JsonManager.sdToUrlParams(data) : JsonManager.sdToJson(data));
  }

  private static HttpRequest.BodyPublisher multipart(
      List<MultipartItem> items, IntConsumer sent, HttpRequest.Builder request) {
    String boundary = "raic-" + UUID.randomUUID();
    request.header("Content-Type", "multipart/form-data; boundary=" + boundary);
    var body = new ArrayList<BoxBytes>();
    int before = 0;
    int length = 0;
    for (MultipartItem item : items) {
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
              .formatted(
                  boundary,
                  item.getPartName(),
                  item.getData() == null
                      ? "; filename=\"file\"\r\nContent-Type: application/octet-stream"
                      : "");
      body.add(text(head));
      if (item.getFileStream() instanceof BoxBytes bytes) {
        before = body.stream().mapToInt(BoxBytes::length).sum();
        length = bytes.length();
        body.add(bytes);
      } else {
        body.add(text(JsonManager.sdToJson(item.getData())));
      }
      body.add(text("\r\n"));
    }
    body.add(text("--%s--\r\n".formatted(boundary)));
    int head = before;
    int most = length;
    return new BodyParts(body, passed -> sent.accept(Math.clamp(passed - head, 0, most)));
  }

  private static BoxBytes text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new BoxBytes(bytes, 0, bytes.length);
  }
}
