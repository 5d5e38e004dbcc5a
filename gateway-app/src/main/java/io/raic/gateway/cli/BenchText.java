package io.raic.gateway.cli;

import io.raic.gateway.bench.Bench;
import io.raic.gateway.bench.Choice;
import io.raic.gateway.bench.Figures;
import io.raic.gateway.bench.Spread;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured, as tables for people. */
final class BenchText {
  /** The most choices shown: the rest are worse in everything that is asked for. */
  private static final int MAX_CHOICES = 6;

  private static final List<String> MEASURED =
      List.of(
          "PROVIDER",
          "PUT 4 KiB",
          "GET 4 KiB",
          "PUT 1 MiB",
          "GET 1 MiB",
          "UP",
          "DOWN",
          "UP x4",
          "DOWN x4");

  private static final List<String> EXPECTED =
      List.of(
          "K OF N", "STORED", "MAY BE AWAY", "UP", "DOWN", "STORED IN", "FIRST BYTE", "PER GiB");

  private BenchText() {}

  static List<String> lines(Bench.Result result) {
    var lines = new ArrayList<String>();
    lines.add("Times in ms, median/95 in 100: PUT until it is durable, GET until the first bytes.");
    lines.addAll(TextTable.lines(MEASURED, result.figures().stream().map(BenchText::row).toList()));
    for (var figures : result.figures()) {
      figures.failure().ifPresent(failure -> lines.add(why(figures.id(), failure.what())));
    }
    lines.add(
        "All at once: up %s, down %s."
            .formatted(rate(result.upTogether()), rate(result.downTogether())));
    var advice = result.advice();
    if (!advice.choices().isEmpty()) {
      lines.add("");
      lines.add("What to expect, the best first; prices for a month, and for reading:");
      lines.addAll(
          TextTable.lines(
              EXPECTED, advice.ranked().stream().limit(MAX_CHOICES).map(BenchText::row).toList()));
    }
    lines.add("");
    lines.add(advice.reason() + ".");
    return lines;
  }

  /** What a driver says begins with the name of the store already. */
  private static String why(String id, String what) {
    String line = ErrorReport.oneLine(what);
    return line.startsWith(id + ": ") ? line : id + ": " + line;
  }

  private static List<String> row(Figures figures) {
    return List.of(
        figures.id(),
        times(figures.small().commit()),
        times(figures.small().firstByte()),
        times(figures.middle().commit()),
        times(figures.middle().firstByte()),
        rate(figures.up()),
        rate(figures.down()),
        rate(figures.upAtOnce()),
        rate(figures.downAtOnce()));
  }

  private static List<String> row(Choice choice) {
    return List.of(
        choice.name(),
        String.format(Locale.ROOT, "%.2fx", choice.overhead()),
        choice.providersAway() == choice.operatorsAway()
            ? "any " + choice.providersAway()
            : "any %d, %d operators".formatted(choice.providersAway(), choice.operatorsAway()),
        rate(OptionalDouble.of(choice.upload())),
        rate(OptionalDouble.of(choice.download())),
        millis(choice.commit()) + " ms",
        millis(choice.firstByte()) + " ms",
        "%s, %s".formatted(price(choice.storagePrice()), price(choice.readPrice())));
  }

  private static String price(Optional<BigDecimal> price) {
    return price.map(p -> String.format(Locale.ROOT, "%.4f", p)).orElse("-");
  }

  private static String times(Spread spread) {
    return spread
        .median()
        .flatMap(median -> spread.p95().map(p95 -> millis(median) + "/" + millis(p95)))
        .orElse("-");
  }

  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
  }

  private static String rate(OptionalDouble bytesPerSecond) {
    return bytesPerSecond.isPresent()
        ? ByteCount.text((long) bytesPerSecond.getAsDouble()) + "/s"
        : "-";
  }
}
