package io.raic.gateway.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The pages of a login by password: the password, a code, and a password that must be changed. */
@Controller
@ConditionalOnDashboard
final class LoginController {
  private static final Duration BUSY_RETRY = Duration.ofSeconds(5);
  private static final String BUSY = "Too many logins at once. Try again.";
  private static final int MAX_NAME = 64;

  private final Users users;
  private final Logins logins;
  private final LoginSettings settings;

  LoginController(Users users, Logins logins, LoginSettings settings) {
    this.users = users;
    this.logins = logins;
    this.settings = settings;
  }

  /** Shows the form; {@code sso} is what became of a login with another provider. */
  @GetMapping("/admin/login")
  ModelAndView form(
      @RequestParam(defaultValue = "") String sso, CsrfToken csrf, HttpServletResponse response) {
    // Makes the cookie while there is nothing of the page yet.
    var _ = csrf.getToken();
    return switch (sso) {
      case "refused" -> page(HttpStatus.OK, "Your account has no role here: ask an administrator.");
      case "failed" -> page(HttpStatus.OK, "The single sign-on did not work. Try again.");
      default -> page(HttpStatus.OK, "");
    };
  }

  private ModelAndView page(HttpStatus status, String problem) {
    var page = new ModelAndView("login", status);
    page.addObject("problem", problem);
    page.addObject("hasOidc", settings.oidc().isPresent());
    return page;
  }

  /** Takes a name and a password. */
  @PostMapping("/admin/login")
  ModelAndView logIn(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      HttpServletRequest request,
      HttpServletResponse response) {
    String known = name.strip();
    known = known.substring(0, Math.min(known.length(), MAX_NAME));
    var wait = logins.throttle().attempt(known, request.getRemoteAddr());
    if (wait.isPositive()) {
      return later(page(HttpStatus.TOO_MANY_REQUESTS, tooMany(wait)), wait, response);
    }
    Optional<User> user;
    try {
      user = users.check(known, password);
    } catch (Passwords.BusyException _) {
      logins.throttle().giveBack(request.getRemoteAddr());
      return later(page(HttpStatus.SERVICE_UNAVAILABLE, BUSY), BUSY_RETRY, response);
    }
    if (user.isEmpty()) {
      logins.failed(
          users.find(known).map(User::name).orElse(""), "wrong name or password", request);
      return page(HttpStatus.UNAUTHORIZED, "The name or the password is wrong.");
    }
    var step = firstStep(user.get());
    if (step == Step.CODE) {
      logins.throttle().giveBack(request.getRemoteAddr());
    } else {
      logins.throttle().succeeded(known, request.getRemoteAddr());
    }
    logins.open(user.get(), step, request, response);
    return new ModelAndView("redirect:" + step.page());
  }

  private static String tooMany(Duration wait) {
    return "Too many wrong attempts. Try again in %d seconds.".formatted(seconds(wait));
  }

  private static long seconds(Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }

  private static ModelAndView later(
      ModelAndView page, Duration wait, HttpServletResponse response) {
    response.setHeader("Retry-After", Long.toString(seconds(wait)));
    return page;
  }

  private static Step firstStep(User user) {
    return user.hasCodes() ? Step.CODE : afterCode(user);
  }

  private static Step afterCode(User user) {
    return user.mustChangePassword() ? Step.PASSWORD : Step.DONE;
  }

  /** Asks for a code. */
  @GetMapping("/admin/login/code")
  ModelAndView codeForm() {
    return codePage(HttpStatus.OK, "");
  }

  private static ModelAndView codePage(HttpStatus status, String problem) {
    var page = new ModelAndView("login-code", status);
    page.addObject("problem", problem);
    return page;
  }

  /** Takes a code. Each wrong one counts as a wrong password does. */
  @PostMapping("/admin/login/code")
  ModelAndView code(
      @RequestParam(defaultValue = "") String code,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    var wait = logins.throttle().attempt(who.name(), request.getRemoteAddr());
    if (wait.isPositive()) {
      return later(codePage(HttpStatus.TOO_MANY_REQUESTS, tooMany(wait)), wait, response);
    }
    var user = users.find(who.name());
    if (user.isEmpty() || !users.checkCode(who.name(), code.strip())) {
      logins.failed(who.name(), "wrong code", request);
      return codePage(HttpStatus.UNAUTHORIZED, "The code is wrong, or was used already.");
    }
    logins.throttle().succeeded(who.name(), request.getRemoteAddr());
    var step = afterCode(user.get());
    logins.open(user.get(), step, request, response);
    return new ModelAndView("redirect:" + step.page());
  }

  /** Asks for a new password. */
  @GetMapping("/admin/login/password")
  ModelAndView passwordForm(@AuthenticationPrincipal SignedIn who) {
    return passwordPage(HttpStatus.OK, who, "");
  }

  private static ModelAndView passwordPage(HttpStatus status, SignedIn who, String problem) {
    var page = new ModelAndView("login-password", status);
    page.addObject("problem", problem);
    page.addObject("name", who.name());
    page.addObject("isLocal", who.isLocal());
    page.addObject("least", Passwords.MIN_CHARACTERS);
    return page;
  }

  /** Takes a new password, from whoever knows the one before. */
  @PostMapping("/admin/login/password")
  ModelAndView password(
      @RequestParam(defaultValue = "") String current,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String repeated,
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (!who.isLocal() || !password.equals(repeated) || password.equals(current)) {
      return passwordPage(
          HttpStatus.BAD_REQUEST, who, "Type the same new password twice, and not the old one.");
    }
    var wait = logins.throttle().attempt(who.name(), request.getRemoteAddr());
    if (wait.isPositive()) {
      return later(passwordPage(HttpStatus.TOO_MANY_REQUESTS, who, tooMany(wait)), wait, response);
    }
    try {
      if (users.check(who.name(), current).isEmpty()) {
        logins.failed(who.name(), "wrong password for a new one", request);
        return passwordPage(HttpStatus.UNAUTHORIZED, who, "The current password is wrong.");
      }
      users.setPassword(who.actor(), who.name(), password);
      logins.throttle().succeeded(who.name(), request.getRemoteAddr());
    } catch (Passwords.BusyException _) {
      logins.throttle().giveBack(request.getRemoteAddr());
      return later(passwordPage(HttpStatus.SERVICE_UNAVAILABLE, who, BUSY), BUSY_RETRY, response);
    } catch (IllegalArgumentException e) {
      logins.throttle().succeeded(who.name(), request.getRemoteAddr());
      return passwordPage(HttpStatus.BAD_REQUEST, who, String.valueOf(e.getMessage()));
    }
    users.find(who.name()).ifPresent(user -> logins.renew(user, request, response));
    return new ModelAndView("redirect:" + Step.DONE.page());
  }

  /** Ends the session. */
  @PostMapping("/admin/logout")
  String logOut(
      @AuthenticationPrincipal SignedIn who,
      HttpServletRequest request,
      HttpServletResponse response) {
    logins.close(who, request, response);
    return "redirect:/admin/login";
  }
}
