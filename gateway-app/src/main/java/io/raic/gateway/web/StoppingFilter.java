package io.raic.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes no new work once the gateway was told to stop, on connections that are open already: no
 * others are taken then. What has begun goes on.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class StoppingFilter extends OncePerRequestFilter {
  private static final byte[] BODY = "the gateway is stopping\n".getBytes(UTF_8);

  private volatile boolean isStopping;

  @EventListener(ContextClosedEvent.class)
  void stop() {
    isStopping = true;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isStopping) {
      chain.doFilter(request, response);
      return;
    }
    SecurityHeadersFilter.setHeaders(response);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Connection", "close");
    response.setHeader("Retry-After", "10");
    response.setStatus(503);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }
}
