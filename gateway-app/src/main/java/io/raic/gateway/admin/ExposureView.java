package io.raic.gateway.admin;

import io.raic.gateway.grid.Grid;
import io.raic.gateway.provider.ProviderSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The page about exposure; the same as long as the configuration is.
 *
 * @param needed shares that rebuild a file
 * @param total shares of a file
 * @param questions what could be done
 * @param unstated providers whose jurisdiction is not stated
 */
public record ExposureView(int needed, int total, List<Question> questions, List<String> unstated) {
  private static final int SHOWN = 12;

  /**
   * Something that could be done.
   *
   * @param title it
   * @param words what it means
   * @param rows who could
   */
  public record Question(String title, String words, List<Row> rows) {}

  /**
   * Who could, of one kind of parties.
   *
   * @param parties what they are
   * @param usual who could with files that were stored while all providers worked
   * @param worst who could with the worst placement that the rules allow
   */
  public record Row(String parties, Answer usual, Answer worst) {}

  /**
   * Who could.
   *
   * @param words in a sentence
   * @param sets some of the smallest sets
   */
  public record Answer(String words, List<String> sets) {}

  private record Parties(String one, String more, Map<String, Set<String>> stores) {}

  /** Computes it, which may take some seconds with many providers. */
  static ExposureView of(Grid grid, Outlook outlook, List<ProviderSummary> providers) {
    var rules = grid.rules();
    var exposure =
        new Exposure(
            rules.needed(),
            rules.total(),
            rules.happy(),
            rules.perOperator(),
            new TreeMap<>(rules.operators()));
    var placements = grid.placements(Set.of());
    var kinds =
        List.of(
            new Parties("provider", "providers", parties(providers, ProviderSummary::id)),
            new Parties(
                "operator",
                "operators",
                parties(providers, p -> rules.operators().getOrDefault(p.id(), p.id()))),
            new Parties("jurisdiction", "jurisdictions", jurisdictions(providers)));
    int needed = rules.needed();
    Predicate<Set<String>> rebuild =
        stores -> placements.stream().anyMatch(all -> all.sharesOn(stores) >= needed);
    Predicate<Set<String>> destroy =
        stores -> placements.stream().anyMatch(all -> all.sharesWithout(stores) < needed);
    Predicate<Set<String>> refuse = stores -> !outlook.canStore(stores);
    return new ExposureView(
        needed,
        rules.total(),
        List.of(
            question(
                "Read ciphertext",
                "Put together, their shares are enough to rebuild the encrypted file. To read it takes the key too, which no provider ever gets.",
                kinds,
                rebuild,
                exposure::couldRebuild),
            question(
                "Destroy data",
                "If they remove what they hold, too few shares are left to rebuild some file.",
                kinds,
                destroy,
                exposure::couldDestroy),
            question(
                "Make data unavailable",
                "If they do not answer, some file cannot be read until one of them does. Who could destroy it could do that, and nobody else.",
                kinds,
                destroy,
                exposure::couldDestroy),
            question(
                "Stop uploads",
                "If they take no shares, the others cannot make some new file safe, and uploads are refused.",
                kinds,
                refuse,
                refuse)),
        providers.stream()
            .filter(p -> p.jurisdiction().isEmpty())
            .map(ProviderSummary::id)
            .toList());
  }

  /** Empty if none is stated at all. */
  private static Map<String, Set<String>> jurisdictions(List<ProviderSummary> providers) {
    return providers.stream().allMatch(p -> p.jurisdiction().isEmpty())
        ? Map.of()
        : parties(providers, p -> p.jurisdiction().orElse("not stated (" + p.id() + ")"));
  }

  private static Map<String, Set<String>> parties(
      List<ProviderSummary> providers, Function<ProviderSummary, String> party) {
    var parties = new TreeMap<String, Set<String>>();
    for (var provider : providers) {
      parties.computeIfAbsent(party.apply(provider), _ -> new TreeSet<>()).add(provider.id());
    }
    return parties;
  }

  private static Question question(
      String title,
      String words,
      List<Parties> kinds,
      Predicate<Set<String>> usual,
      Predicate<Set<String>> worst) {
    var rows = new ArrayList<Row>();
    for (var kind : kinds) {
      rows.add(new Row(kind.more(), answer(kind, usual), answer(kind, worst)));
    }
    return new Question(title, words, rows);
  }

  private static Answer answer(Parties kind, Predicate<Set<String>> can) {
    if (kind.stores().isEmpty()) {
      return new Answer("Not known: none is stated", List.of());
    }
    var found = Exposure.smallest(kind.stores(), can);
    var sets = found.sets();
    int all = kind.stores().size();
    if (sets.isEmpty()) {
      return new Answer(
          found.isComplete() ? "Nobody, not even all together" : "Nobody that was looked at",
          List.of());
    }
    int size = sets.getFirst().size();
    boolean isAny =
        found.isComplete()
            && sets.stream().allMatch(set -> set.size() == size)
            && sets.size() == choices(all, size);
    if (isAny) {
      String who = size == 1 ? kind.one() : kind.more();
      return new Answer(
          size == all && all > 1
              ? "Only all %d %s together".formatted(all, kind.more())
              : "Any %d %s of %d".formatted(size, who, all),
          List.of());
    }
    String words =
        "%s%d %s of at least %d of %d"
            .formatted(
                found.isComplete() ? "" : "At least ",
                sets.size(),
                sets.size() == 1 ? "set" : "sets",
                size,
                all);
    return new Answer(
        words, sets.stream().limit(SHOWN).map(set -> Words.list(List.copyOf(set))).toList());
  }

  private static long choices(int all, int size) {
    long choices = 1;
    for (int i = 1; i <= size; i++) {
      choices = choices * (all - size + i) / i;
    }
    return choices;
  }
}
