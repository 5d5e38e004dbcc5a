package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code t=json} tells of a file: {@code ["filenode", {...}]}. */
final class CapabilityJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter()
                  .withArrayIndenter(new DefaultIndenter(" ", "\n"))
                  .withObjectIndenter(new DefaultIndenter(" ", "\n")))
          .build();

  private CapabilityJson() {}

  static void write(Capability cap, HttpServletResponse response) throws IOException {
    var node = JSON.createObjectNode();
    node.put("mutable", false);
    switch (cap) {
      case ReadCap read -> node.put("format", "CHK").put("size", read.size());
      case VerifyCap verify -> node.put("format", "CHK").put("size", verify.size());
      case LiteralCap literal -> node.put("format", "CHK").put("size", literal.data().length());
      default -> throw new IllegalArgumentException("not an immutable file");
    }
    cap.readOnly().ifPresent(read -> node.put("ro_uri", read.reveal()));
    cap.verifyOnly().ifPresent(verify -> node.put("verify_uri", verify.reveal()));
    var whole = JSON.createArrayNode().add("filenode").add(node);
    byte[] body = (JSON.writeValueAsString(whole) + "\n").getBytes(US_ASCII);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
