package io.raic.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raic.cloud.Operation;
import io.raic.cloud.memory.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * No capability, key or convergence secret is in what the gateway prints, whatever happens.
 *
 * <p>That holds at the levels the gateway is shipped with, and for whoever raises the root's, the
 * gateway's own or Spring's as far as TRACE: application.yaml turns the loggers that print URLs off
 * by their names, {@code org.eclipse.jetty}, {@code org.springframework.web} and {@code
 * org.springframework.boot.servlet}. Only somebody who names one of these, or one below, makes it
 * talk.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogSecrecyTest extends FaultyGatewayTest {
  /** Whose levels are raised, and back to what. */
  private static final Map<String, LogLevel> LEVELS =
      Map.of(
          LoggingSystem.ROOT_LOGGER_NAME,
          LogLevel.WARN,
          "io.raic",
          LogLevel.INFO,
          "org.springframework",
          LogLevel.WARN,
          "org.springframework.boot",
          LogLevel.WARN);

  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.BEGIN,
          Operation.WRITE,
          Operation.COMMIT,
          Operation.GET,
          Operation.READ,
          Operation.LIST);

  private static final byte[] CONTENT = Client.bytes(130, 100_000);

  /** How much is logged. */
  enum Loudness {
    SHIPPED,
    TRACE
  }

  @Autowired private LoggingSystem logging;
  private final List<String> capabilities = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void noSecretIsEverPrinted(Loudness loudness, CapturedOutput output) throws Exception {
    try {
      if (loudness == Loudness.TRACE) {
        LEVELS.keySet().forEach(logger -> logging.setLogLevel(logger, LogLevel.TRACE));
      }
      useEverything();
      askWronglyForEverything();
      letStoresFail();
      breakConnections();
    } finally {
      LEVELS.forEach(logging::setLogLevel);
    }
    assertThat(capabilities).hasSizeGreaterThan(10);
    assertThat(output.getAll()).contains("stored URI:CHK:", "…[redacted]", "broke off an answer");
    for (String secret : secrets()) {
      assertThat(output.getAll().contains(secret)).describedAs("a secret is in the log").isFalse();
    }
  }

  private String stored(String path, byte[] content) {
    String cap = client().put(path, content).text();
    assertThat(cap).startsWith("URI:");
    capabilities.add(cap);
    if (cap.startsWith("URI:CHK:")) {
      capabilities.add(DownloadTest.verifyCap(cap));
    }
    return cap;
  }

  /** Returns the parts of capabilities that give something away, and the convergence secret. */
  private List<String> secrets() throws IOException {
    String convergence = Files.readString(data().resolve("private").resolve("convergence")).strip();
    return Stream.concat(
            Stream.of(convergence),
            capabilities.stream()
                .flatMap(cap -> Stream.of(cap.split("[:%]", -1)))
                .filter(field -> field.matches("[a-z2-7]{20,}")))
        .toList();
  }

  private void useEverything() {
    String literal = stored("/uri", Client.bytes(131, 50));
    String cap = stored("/uri", CONTENT);
    String random = stored("/uri?random-key=true", CONTENT);
    var form = new Form().field("when_done", "/?%(uri)s").file(Client.bytes(132, 1000));
    client().post("/uri?t=upload", form.body(), "Content-Type", Form.TYPE);
    for (String each : List.of(literal, cap, random, DownloadTest.verifyCap(cap))) {
      for (String path : List.of("/uri/%s", "/named/%s/a.html", "/uri?uri=%s")) {
        client().get(path.formatted(each));
        client().head(path.formatted(Client.encoded(each)));
      }
      for (String t : List.of("json", "uri", "readonly-uri", "nonsense")) {
        client().get("/uri/%s?t=%s".formatted(each, t));
      }
      client().get("/uri/" + each, "Range", "bytes=10-20");
      client().get("/uri/" + each, "If-None-Match", "*");
      client().post("/uri/" + each + "?t=check&verify=true&repair=true&output=JSON");
    }
  }

  private void askWronglyForEverything() throws IOException {
    String cap = stored("/uri", Client.bytes(133, 1000));
    for (String bad :
        List.of(cap + "0", cap + ":", "x" + cap, cap.toUpperCase(Locale.ROOT), cap + "%20")) {
      client().get("/uri/" + bad);
      client().get("/uri?uri=" + bad);
      client().get("/uri/" + bad, "Accept", "application/json");
      client().post("/uri/" + bad + "?t=check");
      client().post("/uri/" + cap + "?t=check&verify=" + bad);
      client().put("/uri?format=" + bad, CONTENT);
      client().put("/uri/" + bad, CONTENT);
      client().get("/" + bad);
      client().get("/uri/" + bad + "/" + bad);
      client().get("/uri/" + cap, "Accept", cap, "Range", cap, "Referer", "http://h/uri/" + cap);
      client().put("/uri", CONTENT, "Content-Type", cap);
      client().post("/uri?t=upload&when_done=http://h/" + bad, CONTENT, "Content-Type", Form.TYPE);
    }
    String key = cap.substring("URI:CHK:".length());
    for (String request : WireTest.garbage()) {
      Wire.exchange(port(), request.replace("SECRET", cap));
      Wire.exchange(port(), request.replace("SECRET", key));
    }
    client().get("/uri/" + cap + "x".repeat(90_000));
  }

  private void letStoresFail() {
    String cap = stored("/uri", Client.bytes(134, 300_000));
    for (var operation : OPERATIONS) {
      for (var fault : faults(operation)) {
        FaultyStores.store(1).faults().set(operation, fault);
        FaultyStores.store(2).faults().set(operation, fault);
        FaultyStores.store(3).faults().set(operation, fault);
        client().get("/uri/" + cap);
        client().post("/uri/" + cap + "?t=check&verify=true&repair=true");
        client().put("/uri", Client.bytes(135, 100_000));
        client().put("/uri?random-key=true", Client.bytes(135, 100_000));
        FaultyStores.all().forEach(store -> store.faults().clear());
      }
    }
  }

  private static List<Fault> faults(Operation operation) {
    return Stream.<Fault>of(
            Fault.unavailable(),
            Fault.accessDenied(),
            Fault.outOfSpace(),
            new Fault.Fail(id -> {
              throw new IllegalStateException(id + " is broken");
            }),
            Fault.garbled(),
            Fault.truncated(100_000),
            new Fault.LostAck())
        .filter(fault -> fault.operations().contains(operation))
        .toList();
  }

  private void breakConnections() throws IOException {
    String cap = stored("/uri", Client.bytes(136, 20_000_000));
    for (int i = 0; i < 3; i++) {
      try (var wire = Wire.to(port())) {
        wire.send("GET /uri/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(cap));
        wire.skip(100_000);
        wire.reset();
      }
      try (var wire = Wire.to(port())) {
        wire.send(
            "PUT /uri?%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999\r\n\r\nx"
                .formatted(cap));
        wire.reset();
      }
    }
    FaultyStores.all()
        .forEach(store -> store.faults().set(Operation.READ, Fault.truncated(5_000_000)));
    assertThat(catchThrowable(() -> client().get("/uri/" + cap))).isNotNull();
  }
}
