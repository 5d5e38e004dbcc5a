package io.raic.gateway.admin;

import io.raic.cloud.resilience.Kind;
import io.raic.gateway.admin.Outlook.Finding;
import io.raic.gateway.grid.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What an act would do to redundancy. For any thread; changes nothing. */
public final class Preview {
  private final Outlook outlook;
  private final Watcher watcher;
  private final Placement rules;

  /** Foretells with {@code outlook}. */
  public Preview(Outlook outlook, Watcher watcher, Placement rules) {
    this.outlook = outlook;
    this.watcher = watcher;
    this.rules = rules;
  }

  /** Returns what an act would do. */
  List<Finding> of(ProviderAct act, String provider) {
    return switch (act) {
      case PAUSE -> writing(provider);
      case FORCE_OPEN -> {
        var all = new ArrayList<>(reading(provider));
        all.addAll(writing(provider));
        yield all;
      }
      case RESUME ->
          List.of(
              new Finding(
                  Level.OK, "New uploads use it again. What they lacked meanwhile is made up."));
      case RESET ->
          List.of(
              new Finding(
                  Level.OK,
                  "Calls go through at once. If it does not work, some of them wait for it before"
                      + " its circuits open again."));
      case TEST ->
          List.of(
              new Finding(
                  Level.OK,
                  "A small object is written, read and removed. No stored share is touched."));
    };
  }

  private List<Finding> writing(String provider) {
    var without = new HashSet<>(watcher.down(Kind.WRITE).keySet());
    without.add(provider);
    var findings = new ArrayList<Finding>();
    if (!outlook.canStore(without)) {
      findings.add(
          new Finding(
              Level.BAD,
              "Uploads are refused as long as this lasts: the other providers cannot take enough"
                  + " shares."));
      return findings;
    }
    int stored = outlook.fewestStored(without);
    findings.add(
        new Finding(
            stored < rules.total() ? Level.WARN : Level.OK,
            stored < rules.total()
                ? "New files get %d of their %d shares; %d rebuild one. The rest is noted, and made up later."
                    .formatted(stored, rules.total(), rules.needed())
                : "New files get all of their %d shares, at other providers."
                    .formatted(rules.total())));
    findings.add(new Finding(Level.OK, "Shares that it holds stay where they are."));
    return findings;
  }

  private List<Finding> reading(String provider) {
    var without = new HashSet<>(watcher.down(Kind.READ).keySet());
    without.add(provider);
    int left = outlook.fewestWithout(without);
    boolean isEnough = left >= rules.needed();
    return List.of(
        new Finding(
            isEnough ? Level.OK : Level.BAD,
            isEnough
                ? "Files that have all of their shares stay readable: at least %d of %d are elsewhere, and %d are enough."
                    .formatted(left, rules.total(), rules.needed())
                : "Some files cannot be read as long as this lasts: only %d shares are elsewhere, and %d are needed."
                    .formatted(left, rules.needed())));
  }
}
