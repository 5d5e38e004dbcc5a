package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Finds Swift among the services that Keystone names.
 *
 * @param interfaceName {@code public} or {@code internal}
 * @param region the one to use; empty if there is only one
 */
record Catalog(String interfaceName, Optional<String> region) {
  private static final String SERVICE = "object-store";

  /**
   * Returns the URL of the storage.
   *
   * @throws BackendException.AccessDenied if there is none, or one in each of several regions
   */
  String find(Request about, JsonNode token) {
    var urls = new TreeMap<String, String>();
    for (JsonNode service : token.path("catalog")) {
      if (SERVICE.equals(service.path("type").asString(""))) {
        for (JsonNode endpoint : service.path("endpoints")) {
          if (interfaceName.equals(endpoint.path("interface").asString(""))) {
            var here = endpoint.path("region_id").asString(endpoint.path("region").asString(""));
            urls.putIfAbsent(here, endpoint.path("url").asString(""));
          }
        }
      }
    }
    if (urls.isEmpty()) {
      throw new BackendException.AccessDenied(
          about, "the catalog has no %s with interface %s".formatted(SERVICE, interfaceName));
    }
    if (region.isEmpty() && urls.size() > 1) {
      throw new BackendException.AccessDenied(
          about, "region-name is missing: there are %s".formatted(names(urls)));
    }
    var url = urls.get(region.orElseGet(urls::firstKey));
    if (url == null) {
      throw new BackendException.AccessDenied(
          about, "there is no region %s, but %s".formatted(region.orElseThrow(), names(urls)));
    }
    return url;
  }

  private static String names(TreeMap<String, String> urls) {
    return String.join(", ", urls.keySet()).replaceAll("[^A-Za-z0-9 ,._-]", "?");
  }
}
