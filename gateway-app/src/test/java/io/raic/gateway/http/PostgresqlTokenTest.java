package io.raic.gateway.http;

import io.raic.gateway.state.DatabaseSettings;
import io.raic.gateway.state.TestDatabase;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class PostgresqlTokenTest extends TokenContract {
  private static final Path DATA = Scratch.directory("token");

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    DatabaseSettings database = TestDatabase.POSTGRESQL.fresh(DATA);
    registry.add("raic.data", () -> DATA);
    registry.add("raic.database.url", database.url()::orElseThrow);
    registry.add("raic.database.username", database.username()::orElseThrow);
  }
}
