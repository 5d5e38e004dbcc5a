package io.raic.gateway.http;

import io.raic.gateway.GatewayApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A gateway as it starts without a configuration; all classes that extend this share it. */
@SpringBootTest(classes = GatewayApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class GatewayTest {
  private static final Path DATA = Scratch.directory("default");

  @LocalServerPort private int port;
  private Client client = new Client(0);

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
  }

  Client client() {
    return client;
  }

  int port() {
    return port;
  }

  /** Returns where the gateway keeps its data, its stores too. */
  static Path data() {
    return DATA;
  }
}
