package io.raic.gateway.admin;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /admin/events} and {@code /admin/audit}: what happened, and who did what. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class LogsController {
  private static final int PAGE = 100;

  private final EventLog events;
  private final AuditView audit;
  private final InstantSource clock;

  /**
   * An act as pages show it.
   *
   * @param number its place in the log
   * @param time when
   * @param actor who
   * @param act what
   * @param subject to what
   * @param outcome how it ended
   */
  public record ActRow(
      long number, String time, String actor, String act, String subject, String outcome) {}

  LogsController(EventLog events, AuditView audit, InstantSource clock) {
    this.events = events;
    this.audit = audit;
    this.clock = clock;
  }

  /** Shows what happened before a time, in milliseconds; until now if none is given. */
  @GetMapping({"/admin/events", "/admin/events/"})
  public String events(@RequestParam(defaultValue = "0") long before, Model model) {
    fill(before, model);
    return "admin/events";
  }

  /** Answers with what changes of that. */
  @GetMapping("/admin/live/events")
  public String liveEvents(Model model) {
    fill(0, model);
    return "admin/events :: live";
  }

  private void fill(long before, Model model) {
    var now = clock.instant();
    boolean isFirst = before <= 0;
    var found = events.before(isFirst ? now.plusSeconds(1) : Instant.ofEpochMilli(before), PAGE);
    model.addAttribute("events", EventRow.of(found, now));
    model.addAttribute("isFirst", isFirst);
    model.addAttribute(
        "older", found.size() < PAGE ? "" : Long.toString(found.getLast().at().toEpochMilli()));
  }

  /** Shows what people did below a number; all if none is given. */
  @GetMapping({"/admin/audit", "/admin/audit/"})
  public String audit(@RequestParam(defaultValue = "0") long before, Model model) {
    var acts = audit.acts(before <= 0 ? Long.MAX_VALUE : before, PAGE);
    var rows =
        acts.orElse(List.of()).stream()
            .map(act ->
                new ActRow(
                    act.number(),
                    Words.time(act.at()),
                    act.actor(),
                    act.act(),
                    act.subject(),
                    act.outcome()))
            .toList();
    model.addAttribute("isKept", acts.isPresent());
    model.addAttribute("acts", rows);
    model.addAttribute("older", rows.size() < PAGE ? "" : Long.toString(rows.getLast().number()));
    return "admin/audit";
  }
}
