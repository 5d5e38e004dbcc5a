package io.raic.gateway.cli;

import io.raic.gateway.bench.Bench;
import io.raic.gateway.bench.Choice;
import io.raic.gateway.bench.Figures;
import io.raic.gateway.bench.Spread;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was measured, as JSON: times in milliseconds, rates in bytes per second. */
final class BenchJson {
  private static final double NANOS_PER_MILLI = 1e6;

  private BenchJson() {}

  static ObjectNode of(Bench.Result result) {
    var root = JsonMapper.shared().createObjectNode();
    var providers = root.putArray("providers");
    result.figures().forEach(figures -> put(providers.addObject(), figures));
    put(root, "up-together", result.upTogether());
    put(root, "down-together", result.downTogether());
    var choices = root.putArray("choices");
    result.advice().ranked().forEach(choice -> put(choices.addObject(), choice));
    result.advice().best().ifPresent(best -> put(root.putObject("advice"), best));
    root.put("reason", result.advice().reason());
    return root;
  }

  private static void put(ObjectNode node, Figures figures) {
    node.put("id", figures.id());
    node.put("operator", figures.operator());
    put(node.putObject("small"), figures.small());
    put(node.putObject("middle"), figures.middle());
    put(node, "up", figures.up());
    put(node, "down", figures.down());
    put(node, "up-at-once", figures.upAtOnce());
    put(node, "down-at-once", figures.downAtOnce());
    figures
        .failure()
        .ifPresent(failure ->
            node.putObject("failure")
                .put("detail", ErrorReport.oneLine(failure.what()))
                .put("can-pass", failure.canPass()));
    figures.left().ifPresent(left -> node.put("left", left));
  }

  private static void put(ObjectNode node, Figures.Times times) {
    put(node.putObject("commit"), times.commit());
    put(node.putObject("first-byte"), times.firstByte());
  }

  private static void put(ObjectNode node, Spread spread) {
    node.put("count", spread.times().size());
    spread.median().ifPresent(time -> node.put("median", time.toNanos() / NANOS_PER_MILLI));
    spread.p95().ifPresent(time -> node.put("p95", time.toNanos() / NANOS_PER_MILLI));
  }

  private static void put(ObjectNode node, String name, OptionalDouble rate) {
    if (rate.isPresent()) {
      node.put(name, Math.round(rate.getAsDouble()));
    }
  }

  private static void put(ObjectNode node, Choice choice) {
    node.put("needed", choice.needed());
    node.put("total", choice.total());
    var providers = node.putArray("providers");
    choice.providers().forEach(providers::add);
    node.put("overhead", choice.overhead());
    node.put("providers-away", choice.providersAway());
    node.put("operators-away", choice.operatorsAway());
    node.put("up", Math.round(choice.upload()));
    node.put("down", Math.round(choice.download()));
    node.put("commit", choice.commit().toNanos() / NANOS_PER_MILLI);
    node.put("first-byte", choice.firstByte().toNanos() / NANOS_PER_MILLI);
    choice.storagePrice().ifPresent(price -> node.put("storage-gib-month", price.toPlainString()));
    choice.readPrice().ifPresent(price -> node.put("egress-gib", price.toPlainString()));
  }
}
