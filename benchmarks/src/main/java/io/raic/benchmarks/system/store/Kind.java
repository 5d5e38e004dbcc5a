package io.raic.benchmarks.system.store;

import java.util.Locale;

/** What is asked of a store. */
public enum Kind {
  /** An object, or a range of it. */
  GET,
  /** An object's description. */
  HEAD,
  /** An object in one request. */
  PUT,
  /** The beginning of an upload in parts. */
  CREATE,
  /** A part. */
  PART,
  /** The end of an upload in parts. */
  COMPLETE,
  /** An upload in parts is given up. */
  ABORT,
  /** An object is removed. */
  DELETE,
  /** A page of a listing. */
  LIST,
  /** Anything else, which is refused. */
  OTHER;

  /** Returns the name for people. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(Request request) {
    boolean isUpload = request.parameter("uploadId").isPresent();
    return switch (request.method()) {
      case "GET" -> request.parameter("list-type").isPresent() ? LIST : GET;
      case "HEAD" -> HEAD;
      case "PUT" -> isUpload ? PART : PUT;
      case "DELETE" -> isUpload ? ABORT : DELETE;
      case "POST" ->
          isUpload ? COMPLETE : request.parameter("uploads").isPresent() ? CREATE : OTHER;
      default -> OTHER;
    };
  }
}
