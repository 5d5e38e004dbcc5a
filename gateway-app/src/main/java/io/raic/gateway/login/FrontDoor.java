package io.raic.gateway.login;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** Says who is logged in, and lets them change their password. */
@Controller
@ConditionalOnDashboard
final class FrontDoor {
  @GetMapping("/admin/account")
  ModelAndView page(@AuthenticationPrincipal SignedIn who) {
    var page = new ModelAndView("login-account");
    page.addObject("name", who.name());
    page.addObject("role", who.role().word());
    page.addObject("isLocal", who.isLocal());
    return page;
  }
}
