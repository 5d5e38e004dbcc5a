package io.raic.gateway.login;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** How the pages of a login look; it is all that they load. */
@Controller
@ConditionalOnDashboard
final class LoginStyle {
  private final byte[] style;

  LoginStyle() throws IOException {
    this.style = new ClassPathResource("dashboard/login.css").getContentAsByteArray();
  }

  @GetMapping("/admin/login/style.css")
  ResponseEntity<byte[]> style() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
        .header("Cache-Control", "no-cache")
        .body(style);
  }
}
