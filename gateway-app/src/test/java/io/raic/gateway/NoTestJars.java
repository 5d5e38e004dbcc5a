package io.raic.gateway;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out the tests that other modules ship. */
final class NoTestJars implements ImportOption {
  @Override
  public boolean includes(Location location) {
    return !location.contains("test-classes") && !location.contains("-tests.jar");
  }
}
