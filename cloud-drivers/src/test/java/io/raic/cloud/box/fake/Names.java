package io.raic.cloud.box.fake;

import java.util.Locale;

/** What an item may be called. */
final class Names {
  private static final int MAX_CHARACTERS = 255;

  private Names() {}

  static void require(String name) {
    if (name.length() > MAX_CHARACTERS) {
      throw new Refusal(400, "item_name_too_long", "Item name too long");
    }
    boolean isOdd =
        name.isEmpty()
            || name.equals(".")
            || name.equals("..")
            || !name.strip().equals(name)
            || name.chars().anyMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 0x7f);
    if (isOdd) {
      throw new Refusal(400, "item_name_invalid", "Item name invalid");
    }
  }

  /** Returns what two names have in common that cannot be in one folder. */
  static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
