package io.raic.cloud.gcs.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** A request that the service does not carry out, in the words of the service. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String reason;
  private final transient Map<String, String> headers;
  private final boolean plain;

  private Refusal(
      int status, String reason, String message, Map<String, String> headers, boolean plain) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.plain = plain;
  }

  Refusal(int status, String reason, String message) {
    this(status, reason, message, Map.of(), false);
  }

  static Refusal invalid(String message) {
    return new Refusal(400, "invalid", message);
  }

  static Refusal required(String what) {
    return new Refusal(400, "required", "Required parameter: " + what);
  }

  static Refusal noBucket() {
    return new Refusal(404, "notFound", "The specified bucket does not exist.");
  }

  static Refusal noObject(String bucket, String name) {
    return new Refusal(404, "notFound", "No such object: %s/%s".formatted(bucket, name));
  }

  static Refusal conditionNotMet() {
    return new Refusal(
        412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
  }

  /** The way to the uploads answers in words, not in JSON. */
  static Refusal plain(int status, String message) {
    return new Refusal(status, "", message, Map.of(), true);
  }

  Refusal asPlain() {
    return new Refusal(status, reason, getMessage(), headers, true);
  }

  Refusal with(Map<String, String> added) {
    return new Refusal(status, reason, getMessage(), added, plain);
  }

  int status() {
    return status;
  }

  Answer answer() {
    if (plain) {
      return Answer.text(status, "text/html; charset=UTF-8", getMessage()).with(headers);
    }
    var detail = new JsonObject();
    detail.addProperty("message", getMessage());
    detail.addProperty("domain", "global");
    detail.addProperty("reason", reason);
    var details = new JsonArray();
    details.add(detail);
    var error = new JsonObject();
    error.addProperty("code", status);
    error.addProperty("message", getMessage());
    error.add("errors", details);
    var whole = new JsonObject();
    whole.add("error", error);
    return Answer.json(status, whole).with(headers);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
