package io.raic.gateway.provider;

import io.raic.cloud.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What drivers can be told, for people, in lines that fit into a terminal. */
public final class DriverGuide {
  private static final int WIDTH = 80;
  private static final String INDENT = "    ";
  private static final String DEEPER = "        ";

  private DriverGuide() {}

  /** Returns a line for each kind of provider. */
  public static List<String> summary(Drivers drivers) {
    int widest = drivers.kinds().stream().mapToInt(kind -> kind.type().length()).max().orElse(0);
    var lines = new ArrayList<String>();
    for (var kind : drivers.kinds()) {
      lines.add("  %s  %s".formatted(padded(kind.type(), widest), kind.summary()));
    }
    return lines;
  }

  /** Returns all settings of all kinds. */
  public static List<String> of(Drivers drivers) {
    var lines = new ArrayList<String>();
    drivers.kinds().forEach(kind -> lines.addAll(of(kind)));
    return lines;
  }

  /** Returns all settings of a kind. */
  public static List<String> of(DriverKind kind) {
    var lines = new ArrayList<String>();
    lines.add("  %s: %s".formatted(kind.type(), kind.summary()));
    for (var setting : kind.settings()) {
      String notes = notes(setting);
      if (INDENT.length() + setting.name().length() + 2 + notes.length() <= WIDTH) {
        lines.add(INDENT + setting.name() + "  " + notes);
      } else {
        lines.add(INDENT + setting.name());
        lines.addAll(wrapped(notes));
      }
      lines.addAll(wrapped(setting.meaning()));
    }
    return lines;
  }

  private static String notes(Setting setting) {
    String kind =
        switch (setting.kind()) {
          case SECRET -> "secret, or %s".formatted(DriverKind.inFile(setting.name()));
          case FLAG -> "true or false";
          case TEXT, ADDRESS, PATH -> setting.kind().name().toLowerCase(Locale.ROOT);
        };
    String need = setting.need() == Setting.Need.REQUIRED ? ", required" : "";
    return "(%s%s%s)"
        .formatted(kind, need, setting.otherwise().map(", default %s"::formatted).orElse(""));
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(DEEPER);
    for (String word : text.split(" +", -1)) {
      if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(DEEPER);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
