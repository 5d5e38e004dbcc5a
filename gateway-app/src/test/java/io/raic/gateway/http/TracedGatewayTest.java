package io.raic.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.raic.gateway.GatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What a collector of traces gets to see, over OTLP: in protobuf, texts stand as they are. */
class TracedGatewayTest {
  private static final Path DATA = Scratch.directory("traced");
  private static final byte[] CONTENT = Client.bytes(310, 200_000);

  /** Ids of traces that clients have begun. */
  private static final String FIRST = "0af7651916cd43dd8448eb211c80319c";

  private static final String LAST = "0af7651916cd43dd8448eb211c80319d";
  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();
  private static final HttpServer COLLECTOR = collector();

  /** What the endpoint means is decided before a test's own properties are there. */
  private static final ConfigurableApplicationContext GATEWAY =
      new SpringApplication(GatewayApplication.class)
          .run(
              "--raic.port=0",
              "--raic.data=" + DATA,
              "--raic.tracing.endpoint=http://127.0.0.1:%d/v1/traces"
                  .formatted(COLLECTOR.getAddress().getPort()),
              "--management.opentelemetry.tracing.export.schedule-delay=50ms");

  private final Client client = new Client(port());

  private static int port() {
    var server = ((WebServerApplicationContext) GATEWAY).getWebServer();
    return Objects.requireNonNull(server).getPort();
  }

  private static HttpServer collector() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/v1/traces", TracedGatewayTest::receive);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void receive(HttpExchange exchange) throws IOException {
    RECEIVED.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    GATEWAY.close();
    COLLECTOR.stop(0);
  }

  private static String parent(String trace) {
    return "00-%s-b7ad6b7169203331-01".formatted(trace);
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), ISO_8859_1);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void aTraceTellsOfRequestsAndProvidersAndOfNoCapability() {
    String cap = client.put("/uri", CONTENT, "traceparent", parent(FIRST)).text();
    assertThat(client.read(cap)).isEqualTo(CONTENT);
    String verify = DownloadTest.verifyCap(cap);
    for (String each : new String[] {cap, verify}) {
      client.get("/nonsense/" + each);
      client.get("/uri?uri=" + each);
      client.get("/uri/" + each + "/below");
      client.get("/named/" + each + "/name");
      client.put("/uri/" + each, CONTENT);
      client.post("/uri/" + each + "?t=check&verify=true&repair=true");
      client.post("/uri/" + each + "?t=nonsense");
    }
    client.get("/uri/" + cap, "traceparent", parent(LAST));
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> String.join("", RECEIVED).contains(bytes(LAST)));

    String all = String.join("", RECEIVED);
    assertThat(all)
        .contains("http put /uri", "http get /uri/{cap}", "http get /named/{cap}/{name}")
        .contains("provider begin", "provider commit", "provider get", "store-1", "raic.provider");
    // The request, and at least a beginning and a commit for each of five stores.
    assertThat(count(all, bytes(FIRST))).isGreaterThan(10);
    Stream.of(cap, verify)
        .flatMap(each -> Stream.of(each.split("[:%]", -1)))
        .filter(field -> field.matches("[a-z2-7]{20,}"))
        // Providers see the storage index, which is the first part of a verify cap.
        .filter(field -> !field.equals(verify.split(":", -1)[2]))
        .forEach(field -> assertThat(all.contains(field)).isFalse());
    assertThat(all).doesNotContain("URI:", "nonsense");
  }
}
