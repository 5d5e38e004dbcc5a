package io.raic.gateway.repair;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.access.Caller;
import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Caps;
import io.raic.gateway.web.Params;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /uri/CAP?t=check}, for read caps and verify caps. */
@Controller
public final class CheckController {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private final Repairer repairer;

  CheckController(Repairer repairer) {
    this.repairer = repairer;
  }

  /** Checks a file and, with {@code repair=true}, repairs it. */
  @PostMapping({"/uri/{cap}", "/cap/{cap}"})
  public void post(
      @PathVariable String cap, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var params = Params.ofQueryAndForm(request);
    if (!params.text("t").orElse("").equals("check")) {
      throw new BadRequestException("unknown or missing t= for this request: want t=check");
    }
    var output = params.text("output").orElse("text");
    if (!output.equalsIgnoreCase("JSON") && !output.equalsIgnoreCase("text")) {
      throw new BadRequestException("output= is JSON or text");
    }
    // Leases have no meaning for stores that keep everything, so this changes nothing.
    var _ = params.flag("add-lease");
    boolean repair = params.flag("repair");
    boolean verify = params.flag("verify", repair);
    if (repair) {
      Caller.of(request).requireWriting();
    }
    var answer = answer(Caps.file(cap), repair, verify);
    send(answer, output.equalsIgnoreCase("JSON"), response);
  }

  /**
   * What a check says.
   *
   * @param json as JSON's own types
   * @param text as a text of one line
   */
  private record Answer(Map<String, Object> json, String text) {}

  private Answer answer(Capability cap, boolean repair, boolean verify) throws IOException {
    if (cap instanceof LiteralCap) {
      return new Answer(
          repair ? HealthJson.repairOfLiteral() : HealthJson.LITERAL,
          "Healthy: the capability is the file");
    }
    var verifyCap =
        cap.verifyOnly()
            .map(VerifyCap.class::cast)
            .orElseThrow(() -> new BadRequestException("nothing is stored for this capability"));
    if (repair) {
      var done = repairer.repair(verifyCap, verify);
      return new Answer(HealthJson.of(done), done.before().summary() + outcome(done));
    }
    var health = repairer.check(verifyCap, verify);
    return new Answer(HealthJson.of(health), health.summary());
  }

  private static String outcome(Repairer.Repair repair) {
    if (!repair.attempted()) {
      return "";
    }
    return repair.successful()
        ? "; repaired: " + repair.after().summary()
        : "; repair failed: " + String.join("; ", repair.failures());
  }

  private static void send(Answer answer, boolean json, HttpServletResponse response)
      throws IOException {
    byte[] body =
        (json ? JSON.writeValueAsString(answer.json()) : answer.text())
            .concat("\n")
            .getBytes(UTF_8);
    response.setContentType(json ? "application/json" : "text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
