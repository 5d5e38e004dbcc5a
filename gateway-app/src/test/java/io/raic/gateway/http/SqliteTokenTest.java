package io.raic.gateway.http;

import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class SqliteTokenTest extends TokenContract {
  private static final Path DATA = Scratch.directory("token");

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }
}
