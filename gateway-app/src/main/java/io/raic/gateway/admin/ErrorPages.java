package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** Pages that say what was wrong with a request for the dashboard. */
@ControllerAdvice(basePackageClasses = ErrorPages.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class ErrorPages {
  private final PageFrame frame;

  ErrorPages(PageFrame frame) {
    this.frame = frame;
  }

  /** Shows a page about a request that is wrong. */
  @ExceptionHandler(BadRequestException.class)
  public ModelAndView wrong(BadRequestException wrong, HttpServletRequest request) {
    var page = new ModelAndView("admin/error", HttpStatus.valueOf(wrong.status()));
    page.addObject("frame", frame.frame(request));
    page.addObject("status", wrong.status());
    page.addObject("words", Objects.requireNonNullElse(wrong.getMessage(), ""));
    return page;
  }
}
