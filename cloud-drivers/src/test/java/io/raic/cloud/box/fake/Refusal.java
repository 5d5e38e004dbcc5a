package io.raic.cloud.box.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that is an error, in the form that Box gives it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient Map<String, Object> context;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  Refusal(int status, String code, String message, Map<String, Object> context) {
    super(message);
    this.status = status;
    this.code = code;
    this.context = context;
  }

  Refusal(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, "bad_request", message);
  }

  static Refusal notFound() {
    return new Refusal(404, "not_found", "Not Found");
  }

  static Refusal preconditionFailed() {
    return new Refusal(
        412, "precondition_failed", "The resource has been modified. Please retrieve it again");
  }

  static Refusal nameInUse(Object conflicts) {
    return new Refusal(
        409,
        "item_name_in_use",
        "Item with the same name already exists",
        Map.of("conflicts", conflicts));
  }

  Refusal with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Returns the body. */
  String body(String requestId) {
    var body =
        Json.object(
            "type",
            "error",
            "status",
            (long) status,
            "code",
            code,
            "help_url",
            "http://developers.box.com/docs/#errors",
            "message",
            String.valueOf(getMessage()),
            "request_id",
            requestId);
    if (!context.isEmpty()) {
      body.put("context_info", context);
    }
    return new Json(body).toString();
  }
}
