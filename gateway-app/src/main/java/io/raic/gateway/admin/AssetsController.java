package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Scripts and styles, which anybody may have; a page names them by their version. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class AssetsController {
  private static final String CACHED = "public, max-age=31536000, immutable";

  private final Assets assets;

  AssetsController(Assets assets) {
    this.assets = assets;
  }

  /** Answers with one. */
  @GetMapping("/admin/assets/{name}")
  public void get(@PathVariable String name, HttpServletResponse response) throws IOException {
    var asset =
        assets.find(name).orElseThrow(() -> new BadRequestException(404, "there is no such file"));
    byte[] content = asset.content();
    response.setContentType(asset.type());
    response.setContentLength(content.length);
    response.setHeader("Cache-Control", CACHED);
    response.getOutputStream().write(content);
  }
}
