package io.raic.gateway.login;

import io.raic.gateway.GatewayApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A gateway of this process, at a port of its own. */
final class RunningGateway implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private RunningGateway(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts one that keeps its data in {@code data}, with settings such as {@code raic.x=y}. */
  static RunningGateway start(Path data, String... settings) {
    var arguments = new ArrayList<>(List.of("--raic.port=0", "--raic.data=" + data));
    for (String setting : settings) {
      arguments.add("--" + setting);
    }
    return new RunningGateway(
        new SpringApplicationBuilder(GatewayApplication.class)
            .logStartupInfo(false)
            .run(arguments.toArray(String[]::new)));
  }

  /** Returns the one part of this type. */
  <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  /** Says whether there is a part of this type. */
  boolean has(Class<?> type) {
    return context.getBeanNamesForType(type).length > 0;
  }

  int port() {
    var server = ((WebServerApplicationContext) context).getWebServer();
    return Objects.requireNonNull(server).getPort();
  }

  Browser browser() {
    return new Browser(port());
  }

  @Override
  public void close() {
    context.close();
  }
}
