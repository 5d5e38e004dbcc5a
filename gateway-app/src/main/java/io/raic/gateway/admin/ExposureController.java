package io.raic.gateway.admin;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /admin/exposure}: who could do what to files. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class ExposureController {
  private final ExposureReport report;

  ExposureController(ExposureReport report) {
    this.report = report;
  }

  /** Shows it. */
  @GetMapping({"/admin/exposure", "/admin/exposure/"})
  public String page(Model model) {
    model.addAttribute("exposure", report.get());
    return "admin/exposure";
  }
}
