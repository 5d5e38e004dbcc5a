package io.raic.gateway.http;

import io.raic.gateway.GatewayApplication;
import io.raic.gateway.grid.Grid;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.convention.TestBean;

/**
 * A gateway over {@link FaultyStores}, whose connections may idle for less time than a store may
 * take.
 */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "server.jetty.connection-idle-timeout=1s")
abstract class FaultyGatewayTest {
  private static final Path DATA = Scratch.directory("faulty");

  @TestBean(methodName = "io.raic.gateway.http.FaultyStores#grid")
  @SuppressWarnings("UnusedVariable") // It takes the place of the bean.
  private @Nullable Grid grid;

  @LocalServerPort private int port;
  private Client client = new Client(0);

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }

  @BeforeEach
  void connect() {
    client = new Client(port);
    FaultyStores.reset();
  }

  @AfterEach
  void repair() {
    FaultyStores.reset();
  }

  Client client() {
    return client;
  }

  int port() {
    return port;
  }

  /** Returns where the gateway keeps its data, but not its stores. */
  static Path data() {
    return DATA;
  }
}
