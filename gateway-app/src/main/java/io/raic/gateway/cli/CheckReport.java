package io.raic.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a gateway found out about a file: the JSON of {@code t=check}, with or without a repair.
 *
 * @param found how the file was
 * @param repair what a repair did, if one was tried
 */
record CheckReport(Found found, Repair repair) {
  /**
   * The state of a file.
   *
   * @param healthy whether all its shares are there and good
   * @param recoverable whether it can be read
   * @param good shares there and good
   * @param needed shares that rebuild it
   * @param expected shares made of it; 0 if the capability holds the file itself
   * @param shares where each share is, by its number
   * @param corrupt where a share is that is not what was written
   */
  record Found(
      boolean healthy,
      boolean recoverable,
      int good,
      int needed,
      int expected,
      Map<Integer, List<String>> shares,
      List<String> corrupt) {

    private static Found of(JsonNode check) {
      var results = check.path("results");
      boolean healthy = results.path("healthy").asBoolean(false);
      int good = results.path("count-shares-good").asInt(0);
      int needed = results.path("count-shares-needed").asInt(0);
      return new Found(
          healthy,
          results.path("recoverable").asBoolean(healthy || (needed > 0 && good >= needed)),
          good,
          needed,
          results.path("count-shares-expected").asInt(0),
          shares(results.path("sharemap")),
          corrupt(results.path("list-corrupt-shares")));
    }

    private static Map<Integer, List<String>> shares(JsonNode map) {
      var shares = new TreeMap<Integer, List<String>>();
      for (var entry : map.properties()) {
        // Shares of mutable files have longer names: seq3-abcd-sh0.
        String number = entry.getKey().replaceFirst("^.*-sh", "");
        if (number.matches("[0-9]{1,3}")) {
          var places = new ArrayList<String>();
          entry.getValue().forEach(place -> places.add(shown(place)));
          shares.computeIfAbsent(Integer.valueOf(number), _ -> new ArrayList<>()).addAll(places);
        }
      }
      return shares;
    }

    private static List<String> corrupt(JsonNode list) {
      var corrupt = new ArrayList<String>();
      for (var share : list) {
        corrupt.add("share %s on %s".formatted(shown(share.path(2)), shown(share.path(0))));
      }
      return corrupt;
    }

    /** The gateway is trusted with the data, but not with the terminal. */
    private static String shown(JsonNode value) {
      return ErrorReport.oneLine(value.asString(""));
    }
  }

  /** What became of a repair. */
  enum Repair {
    NOT_TRIED,
    DONE,
    FAILED
  }

  /**
   * Reads the gateway's answer.
   *
   * @throws Failure if it is not one
   */
  static CheckReport parse(String json) throws Failure {
    try {
      var root = JsonMapper.shared().readTree(json);
      boolean repaired = root.has("post-repair-results");
      var check = repaired ? root.path("post-repair-results") : root;
      if (!check.path("results").has("healthy")) {
        throw new Failure(ExitCode.FAILED, "the gateway's answer is no check result");
      }
      var repair = Repair.NOT_TRIED;
      if (root.path("repair-attempted").asBoolean(false)) {
        repair = root.path("repair-successful").asBoolean(false) ? Repair.DONE : Repair.FAILED;
      }
      return new CheckReport(Found.of(check), repair);
    } catch (JacksonException e) {
      throw new Failure(ExitCode.FAILED, "the gateway's answer is no check result", e);
    }
  }

  /** Returns what the command ends with. */
  ExitCode code() {
    if (found.healthy()) {
      return ExitCode.OK;
    }
    return found.recoverable() ? ExitCode.UNHEALTHY : ExitCode.UNRECOVERABLE;
  }

  /** Returns a summary for people; {@code verified} tells whether every byte was looked at. */
  String text(boolean verified) {
    var lines = new ArrayList<String>();
    lines.add(summary(verified));
    found
        .shares()
        .forEach((n, where) -> lines.add("  share %d: %s".formatted(n, String.join(", ", where))));
    found.corrupt().forEach(where -> lines.add("  corrupt: " + where));
    switch (repair) {
      case NOT_TRIED -> {}
      case DONE -> lines.add("repaired");
      case FAILED -> lines.add("the repair failed");
    }
    return String.join("\n", lines);
  }

  private String summary(boolean verified) {
    String readable = found.recoverable() ? "unhealthy, but readable" : "unrecoverable";
    String state = found.healthy() ? "healthy" : readable;
    if (found.expected() == 0) {
      return state;
    }
    return "%s: %d of %d shares %s, %d needed"
        .formatted(
            state, found.good(), found.expected(), verified ? "verified" : "found", found.needed());
  }
}
