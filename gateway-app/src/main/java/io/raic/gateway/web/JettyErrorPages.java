package io.raic.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * What the server answers by itself, to requests that are no HTTP: a line without the URL, which
 * its own error pages show.
 */
@Component
final class JettyErrorPages
    implements WebServerFactoryCustomizer<JettyServletWebServerFactory>, JettyServerCustomizer {

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    factory.addServerCustomizers(this);
  }

  @Override
  public void customize(Server server) {
    server.setErrorHandler(JettyErrorPages::answer);
  }

  private static boolean answer(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    byte[] body = (HttpStatus.getMessage(status) + "\n").getBytes(UTF_8);
    SecurityHeadersFilter.setHeaders((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
