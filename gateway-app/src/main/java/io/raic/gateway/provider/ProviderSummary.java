package io.raic.gateway.provider;

import java.util.Map;
import java.util.Optional;

/**
 * What people want to know of a provider; no credential is in it.
 *
 * @param id its name
 * @param type its kind
 * @param operator who runs it
 * @param jurisdiction whose law it is under, if that is said
 * @param location where its objects are
 * @param configured where it is configured
 * @param limits those that are set, by name
 * @param prices those that are known, by name
 */
public record ProviderSummary(
    String id,
    String type,
    String operator,
    Optional<String> jurisdiction,
    String location,
    String configured,
    Map<String, String> limits,
    Map<String, String> prices) {
  static ProviderSummary of(ProviderSettings settings, String location) {
    return new ProviderSummary(
        settings.id(),
        settings.driver().type(),
        settings.operator(),
        settings.jurisdiction(),
        location,
        settings.place().words(),
        settings.limits().words(),
        settings.prices().words());
  }
}
