package io.raic.gateway;

import io.raic.gateway.access.Caller;
import io.raic.gateway.access.Tokens;
import io.raic.gateway.catalog.Catalog;
import io.raic.gateway.watch.FileCounts;
import io.raic.gateway.watch.TokenUsage;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Tells those that watch the gateway, and the catalog, what the database and a request know. */
@Configuration(proxyBeanMethods = false)
class WatchedState {
  @Bean
  FileCounts fileCounts(Catalog catalog) {
    return new FileCounts() {
      @Override
      public Map<Redundancy, Long> byRedundancy() {
        var counts = new EnumMap<Redundancy, Long>(Redundancy.class);
        for (var bin : catalog.histogram().bins()) {
          counts.merge(watched(bin.redundancy()), bin.files().items(), Long::sum);
        }
        return counts;
      }

      @Override
      public long unreadableWithout(String provider) {
        return catalog.without(provider).lost().items();
      }
    };
  }

  private static FileCounts.Redundancy watched(io.raic.gateway.catalog.Redundancy redundancy) {
    return switch (redundancy) {
      case FULL -> FileCounts.Redundancy.FULL;
      case DEGRADED -> FileCounts.Redundancy.DEGRADED;
      case CRITICAL -> FileCounts.Redundancy.CRITICAL;
      case LOST -> FileCounts.Redundancy.LOST;
    };
  }

  @Bean
  TokenUsage tokenUsage(Tokens tokens) {
    var clock = InstantSource.system();
    return () ->
        tokens.list().stream()
            .filter(token -> token.isValid(clock.instant()))
            .map(token ->
                new TokenUsage.OfToken(
                    token.name(), token.use().storedBytes(), token.rights().quotaBytes()))
            .toList();
  }

  /** Returns the id of the token that the request of this thread came with; empty if none did. */
  static String tokenOfThisThread() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? Caller.of(request.getRequest()).id()
        : "";
  }
}
