package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON of servers, which have to be bounded already. */
final class Json {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static byte[] write(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads what a server answered; the error does not repeat it, since it may hold a token. */
  static JsonNode read(Request about, byte[] body) {
    try {
      var node = MAPPER.readTree(body);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JacksonException _) {
      // Its words would repeat the text.
    }
    throw new BackendException.Unavailable(about, "the answer is no JSON");
  }
}
