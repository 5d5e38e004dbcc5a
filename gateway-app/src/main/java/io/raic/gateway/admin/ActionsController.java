package io.raic.gateway.admin;

import io.raic.gateway.provider.StandingOrders;
import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code POST /admin/actions/...}: what operators do, each act being audited before it is done. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class ActionsController {
  private static final int MAX_REASON = 100;
  private static final Pattern LIKE_A_CAPABILITY = Pattern.compile("(?i)uri[:%]");

  private final Watcher watcher;
  private final StandingOrders orders;
  private final AuditView audit;
  private final EventLog events;
  private final FileDesk desk;
  private final InstantSource clock;

  ActionsController(
      Watcher watcher,
      StandingOrders orders,
      AuditView audit,
      EventLog events,
      FileDesk desk,
      InstantSource clock) {
    this.watcher = watcher;
    this.orders = orders;
    this.audit = audit;
    this.events = events;
    this.desk = desk;
    this.clock = clock;
  }

  /** Acts on a provider, and leads back to its page. */
  @PostMapping("/admin/actions/providers/{id}/{name}")
  public String onProvider(
      @PathVariable String id, @PathVariable String name, HttpServletRequest request) {
    var visitor = Visitor.of(request);
    visitor.requireOperator();
    if (watcher.provider(id).isEmpty()) {
      throw new BadRequestException(404, "there is no such provider");
    }
    var act =
        ProviderAct.find(name)
            .orElseThrow(() -> new BadRequestException(404, "there is no such act"));
    String reason = reason(request, visitor);
    audit.record(visitor.name(), "provider." + act.path(), id, () -> act.on(id, orders, reason));
    events.add(
        act.isGrave() ? Level.WARN : Level.OK,
        id,
        act.isGrave()
            ? "%s by %s: %s".formatted(act.label(), visitor.name(), reason)
            : "%s by %s".formatted(act.label(), visitor.name()),
        clock.instant());
    return "redirect:/admin/providers/" + id + "?done=" + act.path();
  }

  /** A capability is never a reason, and would be on pages and in the log. */
  private static String reason(HttpServletRequest request, Visitor visitor) {
    String given = Objects.requireNonNullElse(request.getParameter("reason"), "").strip();
    String line = given.replaceAll("\\p{Cntrl}+", " ");
    if (line.length() > MAX_REASON || LIKE_A_CAPABILITY.matcher(line).find()) {
      throw new BadRequestException(
          "a reason has at most %d characters, and no capability".formatted(MAX_REASON));
    }
    return line.isEmpty() ? "no reason was given, by " + visitor.name() : line;
  }

  /** Begins to check or repair a file that was looked up, and leads back to its page. */
  @PostMapping("/admin/actions/files/{id}/{name}")
  public String onFile(
      @PathVariable String id, @PathVariable String name, HttpServletRequest request) {
    var visitor = Visitor.of(request);
    visitor.requireOperator();
    var work =
        FileWork.find(name).orElseThrow(() -> new BadRequestException(404, "there is no such act"));
    var entry = desk.find(id).orElseThrow(FilesController::forgotten);
    audit.record(
        visitor.name(),
        "file." + work.path(),
        entry.index().text(),
        () -> desk.start(entry, work, visitor.name()));
    return "redirect:/admin/files/" + id;
  }
}
