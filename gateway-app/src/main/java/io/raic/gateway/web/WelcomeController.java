package io.raic.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells whoever opens the gateway in a browser what it is. */
@Controller
final class WelcomeController {
  private static final String TEXT =
      """
      This is a RAIC gateway: it encrypts files and spreads them over several stores,
      none of which can read or lose them.

        store a file    PUT  /uri             answers with the file's capability CAP
        read it         GET  /uri/CAP
        check it        POST /uri/CAP?t=check
        repair it       POST /uri/CAP?t=check&repair=true

      The capability is the only way to a file: keep it, and keep it secret.
      """;

  @GetMapping("/")
  void welcome(HttpServletResponse response) throws IOException {
    byte[] body = TEXT.getBytes(UTF_8);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
