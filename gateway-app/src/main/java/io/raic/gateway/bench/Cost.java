package io.raic.gateway.bench;

import io.raic.cloud.PartSizes;
import io.raic.gateway.provider.Prices;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What measuring a provider asks of it, and costs as far as its prices are configured. The objects
 * are there for minutes, which no provider with a price by the month charges much for, unless it
 * has a shortest time that it charges: that, and what the removal may cost, is not in it.
 *
 * @param id the provider
 * @param writes requests that write
 * @param reads requests that read
 * @param bytes written, and read
 * @param amount in the currency of the prices; empty if none of them is configured
 * @param isWhole whether all prices that matter are
 */
public record Cost(
    String id, long writes, long reads, long bytes, Optional<BigDecimal> amount, boolean isWhole) {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  /** The gigabyte of price lists. */
  static final BigDecimal GIGABYTE = BigDecimal.valueOf(1_000_000_000);

  static Cost of(String id, Workload work, PartSizes parts, Prices prices) {
    long writes = work.writes(parts);
    long reads = work.objects();
    var known =
        Stream.of(
                prices.put1000().map(price -> part(price, writes, THOUSAND)),
                prices.get1000().map(price -> part(price, reads, THOUSAND)),
                prices.egressGb().map(price -> part(price, work.bytes(), GIGABYTE)))
            .toList();
    List<BigDecimal> amounts = known.stream().flatMap(Optional::stream).toList();
    return new Cost(
        id,
        writes,
        reads,
        work.bytes(),
        amounts.stream().reduce(BigDecimal::add),
        amounts.size() == known.size());
  }

  private static BigDecimal part(BigDecimal price, long count, BigDecimal unit) {
    // Both units are powers of ten, so that nothing is rounded.
    return price.multiply(BigDecimal.valueOf(count)).divide(unit);
  }
}
