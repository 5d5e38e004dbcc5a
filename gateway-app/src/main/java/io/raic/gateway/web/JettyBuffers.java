package io.raic.gateway.web;

import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * How much the server reads and writes at once. Its defaults suit pages: 8 KiB cost a system call
 * each, which a gigabyte has many of. Buffers come from a pool, and an idle connection has none.
 */
@Component
final class JettyBuffers
    implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, JettyServerCustomizer {
  private static final int INPUT_BYTES = 128 << 10;

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(this);
  }

  @Override
  public void customize(Server server) {
    for (var connector : server.getConnectors()) {
      for (var http : connector.getConnectionFactories()) {
        if (http instanceof HttpConnectionFactory factory) {
          factory.setInputBufferSize(INPUT_BYTES);
        }
      }
    }
  }
}
