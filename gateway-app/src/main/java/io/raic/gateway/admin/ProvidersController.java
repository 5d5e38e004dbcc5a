package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /admin/providers}: how each does, and what acts on it would do. */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class ProvidersController {
  private final Watcher watcher;
  private final ProviderPages pages;
  private final Outlook outlook;
  private final Preview preview;

  ProvidersController(Watcher watcher, ProviderPages pages, Outlook outlook, Preview preview) {
    this.watcher = watcher;
    this.pages = pages;
    this.outlook = outlook;
    this.preview = preview;
  }

  /** Shows all. */
  @GetMapping({"/admin/providers", "/admin/providers/"})
  public String all(Model model) {
    model.addAttribute("cards", watcher.providers().stream().map(pages::card).toList());
    return "admin/providers";
  }

  /** Answers with what changes of that. */
  @GetMapping("/admin/live/providers")
  public String liveAll(Model model) {
    all(model);
    return "admin/providers :: live";
  }

  /** Shows one. */
  @GetMapping("/admin/providers/{id}")
  public String one(
      @PathVariable String id, @RequestParam(defaultValue = "") String done, Model model) {
    fill(id, model);
    model.addAttribute("done", ProviderAct.find(done).map(ProviderAct::done).orElse(""));
    model.addAttribute("acts", acts());
    return "admin/provider";
  }

  private static List<ProviderAct> acts() {
    return Arrays.asList(ProviderAct.values());
  }

  /** Answers with what changes of that. */
  @GetMapping("/admin/live/providers/{id}")
  public String liveOne(@PathVariable String id, Model model) {
    fill(id, model);
    return "admin/provider :: live";
  }

  private void fill(String id, Model model) {
    var provider = find(id);
    model.addAttribute("card", pages.card(provider));
    model.addAttribute("loss", outlook.without(id));
    model.addAttribute("operations", pages.operations(provider));
    model.addAttribute("errorClasses", pages.errorClasses(provider));
    model.addAttribute("facts", pages.facts(provider));
  }

  /** Shows what an act would do, and asks whether to do it. */
  @GetMapping("/admin/providers/{id}/{act}")
  public String preview(@PathVariable String id, @PathVariable String act, Model model) {
    var found = find(id, act);
    var findings = preview.of(found, id);
    model.addAttribute("card", pages.card(find(id)));
    model.addAttribute("act", found);
    model.addAttribute("findings", findings);
    model.addAttribute(
        "level",
        findings.stream()
            .map(Outlook.Finding::level)
            .max(Comparator.naturalOrder())
            .orElse(Level.OK));
    return "admin/preview";
  }

  private ProviderAct find(String id, String act) {
    find(id);
    return ProviderAct.find(act)
        .orElseThrow(() -> new BadRequestException(404, "there is no such act"));
  }

  private ProviderWatch find(String id) {
    return watcher
        .provider(id)
        .orElseThrow(() -> new BadRequestException(404, "there is no such provider"));
  }
}
