package io.raic.gateway.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names of settings as people and environments write them. */
final class Spelling {
  /** A longer name is no misspelt one, and comparing takes the product of the lengths. */
  private static final int MAX_CHARACTERS = 64;

  private static final int MAX_MISTAKES = 2;

  private Spelling() {}

  /**
   * Returns what is left of a name in an environment variable, which has neither dashes nor cases,
   * and whose numbers look like those of a list.
   */
  static String plain(String name) {
    return name.replaceAll("[-_.\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the one of {@code names} that was probably meant; empty if none is near. */
  static Optional<String> nearest(String written, Collection<String> names) {
    String plain = plain(written);
    if (plain.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    return names.stream()
        .filter(name -> mistakes(plain, plain(name)) <= Math.min(MAX_MISTAKES, name.length() / 2))
        .min(Comparator.comparingInt(name -> mistakes(plain, plain(name))));
  }

  /** Counts the letters to add, leave out, change, or swap with their neighbours. */
  private static int mistakes(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
        fewest = Math.min(fewest, least[i - 1][j - 1] + change);
        boolean isSwap =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        least[i][j] = isSwap ? Math.min(fewest, least[i - 2][j - 2] + 1) : fewest;
      }
    }
    return least[a.length()][b.length()];
  }
}
