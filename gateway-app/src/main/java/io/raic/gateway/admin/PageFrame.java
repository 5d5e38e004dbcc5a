package io.raic.gateway.admin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What all pages of the dashboard have. */
@ControllerAdvice(basePackageClasses = PageFrame.class)
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class PageFrame {
  private static final Set<String> THEMES = Set.of("light", "dark");

  private static final List<Link> LINKS =
      List.of(
          new Link("/admin", "Overview", "overview"),
          new Link("/admin/providers", "Providers", "providers"),
          new Link("/admin/exposure", "Exposure", "exposure"),
          new Link("/admin/files", "Files", "files"),
          new Link("/admin/events", "Events", "events"),
          new Link("/admin/audit", "Audit", "audit"));

  private final Assets assets;

  /**
   * A way to a page.
   *
   * @param path of it
   * @param name of it
   * @param icon of it
   */
  public record Link(String path, String name, String icon) {
    /** Says whether {@code current} is that page, or one below it. */
    public boolean leadsTo(String current) {
      return current.equals(path) || (!path.equals("/admin") && current.startsWith(path + "/"));
    }
  }

  /**
   * What a page is put into.
   *
   * @param visitor who looks
   * @param links to all pages
   * @param path of this one
   * @param theme that was chosen; empty for the system's
   * @param csrf what forms need; a session is begun when it is looked at
   * @param version of scripts and styles
   */
  public record Frame(
      Visitor visitor,
      List<Link> links,
      String path,
      String theme,
      Optional<CsrfToken> csrf,
      String version) {
    /** Returns the field that forms need; empty if they need none. */
    public String csrfName() {
      return csrf.map(CsrfToken::getParameterName).orElse("");
    }

    /** Returns what is in it. */
    public String csrfToken() {
      return csrf.map(CsrfToken::getToken).orElse("");
    }
  }

  PageFrame(Assets assets) {
    this.assets = assets;
  }

  /** Returns what a page is put into. */
  @ModelAttribute("frame")
  public Frame frame(HttpServletRequest request) {
    return new Frame(
        Visitor.of(request),
        LINKS,
        request.getRequestURI(),
        theme(request),
        Optional.ofNullable((CsrfToken) request.getAttribute(CsrfToken.class.getName())),
        assets.version());
  }

  private static String theme(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies())
        .map(Arrays::stream)
        .orElse(Stream.empty())
        .filter(cookie -> cookie.getName().equals("raic-theme"))
        .map(Cookie::getValue)
        .filter(THEMES::contains)
        .findFirst()
        .orElse("");
  }
}
