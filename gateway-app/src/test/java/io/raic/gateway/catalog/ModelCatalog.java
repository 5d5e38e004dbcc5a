package io.raic.gateway.catalog;

import io.raic.crypto.capability.VerifyCap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The catalog as plain lists, which are counted anew for each question. */
final class ModelCatalog {
  private static final class File {
    private final VerifyCap cap;
    private String token = "";
    private final Map<String, ShareResult> shares = new TreeMap<>();

    File(VerifyCap cap) {
      this.cap = cap;
    }

    int good(String without) {
      Set<String> numbers = new HashSet<>();
      shares.forEach((place, result) -> {
        String[] parts = place.split("@", 2);
        if (result.counts() && !parts[1].equals(without)) {
          numbers.add(parts[0]);
        }
      });
      return numbers.size();
    }

    boolean hasGoodOn(String store) {
      return shares.entrySet().stream()
          .anyMatch(e -> e.getKey().endsWith("@" + store) && e.getValue().counts());
    }
  }

  private final Map<String, File> files = new TreeMap<>();

  static String place(int share, String store) {
    return share + "@" + store;
  }

  void learn(Observation seen) {
    String name = seen.storageIndex().text();
    var file = files.get(name);
    if (file == null) {
      boolean isProof =
          !(seen.way() instanceof Observation.Way.Checked)
              || seen.goodShares(5) >= seen.cap().orElseThrow().needed();
      if (seen.cap().isEmpty() || !isProof) {
        return;
      }
      file = new File(seen.cap().get());
      files.put(name, file);
    }
    if (!(seen.way() instanceof Observation.Way.Stored(var token, _))) {
      for (var place : new ArrayList<>(file.shares.keySet())) {
        boolean isSilent = seen.silent().contains(place.split("@", 2)[1]);
        boolean isSeen =
            seen.seen().stream().anyMatch(s -> place(s.share(), s.store()).equals(place));
        if (!isSilent && !isSeen) {
          file.shares.put(place, ShareResult.MISSING);
        }
      }
    } else if (file.token.isEmpty()) {
      file.token = token;
    }
    for (var share : seen.seen()) {
      String place = place(share.share(), share.store());
      var before = file.shares.getOrDefault(place, ShareResult.MISSING);
      boolean isAsBefore =
          (share.result() == ShareResult.LISTED || share.result() == ShareResult.UNREADABLE)
              && before != ShareResult.MISSING;
      file.shares.put(place, isAsBefore ? before : share.result());
    }
  }

  Map<String, Amount> bins() {
    var bins = new TreeMap<String, Amount>();
    for (var file : files.values()) {
      String bin = "%d/%d/%d".formatted(file.cap.needed(), file.cap.total(), file.good(""));
      bins.merge(bin, new Amount(1, file.cap.size()), Amount::plus);
    }
    return bins;
  }

  WithoutStore without(String store) {
    var sums = new HashMap<String, Amount>();
    for (var file : files.values()) {
      int now = file.good("");
      int then = file.good(store);
      int needed = file.cap.needed();
      if (file.hasGoodOn(store) && then < now && now >= needed) {
        String what = then < needed ? "lost" : then == needed ? "critical" : "degraded";
        sums.merge(what, new Amount(1, file.cap.size()), Amount::plus);
      }
    }
    return new WithoutStore(
        sums.getOrDefault("lost", Amount.NONE),
        sums.getOrDefault("critical", Amount.NONE),
        sums.getOrDefault("degraded", Amount.NONE));
  }

  long held(String store) {
    return files.values().stream()
        .flatMap(file -> file.shares.entrySet().stream())
        .filter(e -> e.getKey().endsWith("@" + store) && e.getValue().isThere())
        .count();
  }

  Amount storedBy(String token) {
    return files.values().stream()
        .filter(file -> file.token.equals(token))
        .map(file -> new Amount(1, file.cap.size()))
        .reduce(Amount.NONE, Amount::plus);
  }

  Map<String, ShareResult> shares(String file) {
    return Objects.requireNonNull(files.get(file)).shares;
  }

  List<String> names(Redundancy only) {
    return files.entrySet().stream()
        .filter(e ->
            Redundancy.of(
                    e.getValue().cap.needed(), e.getValue().cap.total(), e.getValue().good(""))
                == only)
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }
}
