package io.raic.cloud.gcs;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Why the service refuses, in its own words, cut and cleaned for a line of a log.
 *
 * @param reason one word; empty if it gave none
 * @param message a sentence
 */
record GcsWords(String reason, String message) {
  /** The most of the service's own words that stand in an error. */
  private static final int MAX_CHARACTERS = 300;

  /** Reads the body of an answer: JSON as documented, or plain words. */
  static GcsWords of(String text) {
    if (text.stripLeading().startsWith("{")) {
      try {
        var json = GsonFactory.getDefaultInstance().fromString(text, GenericJson.class);
        if (json.get("error") instanceof Map<?, ?> error) {
          return new GcsWords(reason(error), text(error, "message"));
        }
      } catch (IOException | RuntimeException _) {
        // Then it is words; the parser has many ways to say so.
      }
    }
    return new GcsWords("", plain(text));
  }

  private static String reason(Map<?, ?> error) {
    return error.get("errors") instanceof List<?> errors
            && !errors.isEmpty()
            && errors.getFirst() instanceof Map<?, ?> first
        ? text(first, "reason")
        : "";
  }

  private static String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? plain(text) : "";
  }

  static String plain(String text) {
    String line = text.replaceAll("[^\\p{Print}]+", " ").strip();
    return line.length() > MAX_CHARACTERS ? line.substring(0, MAX_CHARACTERS) : line;
  }
}
