package io.raic.gateway.repair;

import io.raic.crypto.capability.VerifyCap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Health as other gateways of the format tell it, in JSON's own types. */
final class HealthJson {
  /** What is told of a literal, which needs no shares. */
  static final Map<String, Object> LITERAL =
      Map.of("storage-index", "", "results", Map.of("healthy", true));

  private HealthJson() {}

  static Map<String, Object> of(Health health) {
    return Map.of(
        "storage-index",
        health.cap().storageIndex().text(),
        "summary",
        health.summary(),
        "results",
        results(health));
  }

  private static Map<String, Object> results(Health health) {
    VerifyCap cap = health.cap();
    var good = health.good();
    var results = new TreeMap<String, Object>();
    results.put("healthy", health.healthy());
    results.put("recoverable", health.recoverable());
    results.put("count-happiness", good.happiness());
    results.put("count-shares-good", good.distinctShares());
    results.put("count-shares-needed", cap.needed());
    results.put("count-shares-expected", cap.total());
    results.put("count-good-share-hosts", hosts(health));
    results.put("count-corrupt-shares", health.inspection().corrupt().size());
    results.put("list-corrupt-shares", corrupt(health));
    results.put("servers-responding", health.inspection().responding());
    results.put("sharemap", shareMap(health));
    results.put("count-wrong-shares", 0);
    results.put("count-recoverable-versions", health.recoverable() ? 1 : 0);
    results.put("count-unrecoverable-versions", health.recoverable() ? 0 : 1);
    results.put("problems", health.inspection().failures());
    return results;
  }

  private static long hosts(Health health) {
    return health.good().asMap().values().stream().flatMap(ids -> ids.stream()).distinct().count();
  }

  private static List<List<Object>> corrupt(Health health) {
    return health.inspection().corrupt().stream()
        .map(share ->
            List.<Object>of(share.store(), health.cap().storageIndex().text(), share.shareNumber()))
        .toList();
  }

  private static Map<String, Object> shareMap(Health health) {
    var map = new TreeMap<String, Object>();
    health
        .good()
        .asMap()
        .forEach((share, stores) -> map.put(Integer.toString(share), List.copyOf(stores)));
    return map;
  }

  static Map<String, Object> of(Repairer.Repair repair) {
    return Map.of(
        "storage-index",
        repair.before().cap().storageIndex().text(),
        "repair-attempted",
        repair.attempted(),
        "repair-successful",
        repair.successful(),
        "repair-failures",
        repair.failures(),
        "pre-repair-results",
        of(repair.before()),
        "post-repair-results",
        of(repair.after()));
  }

  static Map<String, Object> repairOfLiteral() {
    return Map.of(
        "storage-index",
        "",
        "repair-attempted",
        false,
        "repair-successful",
        false,
        "pre-repair-results",
        LITERAL,
        "post-repair-results",
        LITERAL);
  }
}
