package io.raic.gateway.bench;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A k and n that is safe with the providers, and what is to be expected of it. Rates are in bytes
 * of a file per second.
 *
 * @param needed k
 * @param total n
 * @param providers the ids of those that would have the shares, the fastest to write to first
 * @param overhead bytes stored for each byte of a file
 * @param providersAway how many of the providers may be away, whichever they are
 * @param operatorsAway how many operators may be away, whichever they are, with all they have
 * @param upload rate at which a file is written
 * @param download rate at which a file is read
 * @param commit how long it takes at least until a small file is acknowledged
 * @param firstByte how long it takes until the first byte of a file comes
 * @param storagePrice of a gibibyte of files for a month, if all prices are configured
 * @param readPrice of reading a gibibyte of files, if all prices are configured
 */
public record Choice(
    int needed,
    int total,
    List<String> providers,
    double overhead,
    int providersAway,
    int operatorsAway,
    double upload,
    double download,
    Duration commit,
    Duration firstByte,
    Optional<BigDecimal> storagePrice,
    Optional<BigDecimal> readPrice) {
  /** Copies the list. */
  public Choice {
    providers = List.copyOf(providers);
  }

  /** Returns for example "3 of 5". */
  public String name() {
    return "%d of %d".formatted(needed, total);
  }
}
