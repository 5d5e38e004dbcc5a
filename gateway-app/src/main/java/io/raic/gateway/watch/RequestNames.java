package io.raic.gateway.watch;

import io.micrometer.common.KeyValues;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * What a request is called in metrics and traces: by the pattern that its path fits, and never by
 * its URL, which may be a capability.
 */
public final class RequestNames extends DefaultServerRequestObservationConvention {
  @Override
  public String getContextualName(ServerRequestObservationContext context) {
    String method = method(context).getValue().toLowerCase(Locale.ROOT);
    return Optional.ofNullable(context.getPathPattern())
        .map(pattern -> "http %s %s".formatted(method, pattern))
        .orElse("http " + method);
  }

  @Override
  public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
    return KeyValues.empty();
  }
}
