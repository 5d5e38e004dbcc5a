package io.raic.gateway.provider;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What somebody wrote about one provider: values by name, both as they were written.
 *
 * <p>A map that can be changed, because the binder of Spring fills it. Values may be credentials:
 * it prints its names only.
 */
public final class GivenSettings extends LinkedHashMap<String, String> {
  @Serial private static final long serialVersionUID = 1;

  /** Makes an empty one. */
  public GivenSettings() {}

  /** Copies {@code settings}. */
  public GivenSettings(Map<String, String> settings) {
    super(settings);
  }

  @Override
  public String toString() {
    return keySet().toString();
  }
}
