package io.raic.cloud.registry;

import io.raic.cloud.azure.AzureDriver;
import io.raic.cloud.box.BoxDriver;
import io.raic.cloud.gcs.GcsDriver;
import io.raic.cloud.local.LocalDriver;
import io.raic.cloud.s3.S3Driver;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.swift.SwiftDriver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of stores there are. */
public enum Driver {
  /** A directory of this machine. */
  LOCAL("a directory of this machine"),
  /** A container of OpenStack Swift. */
  SWIFT("a container of OpenStack Swift"),
  /** Amazon S3 and what speaks as it does. */
  S3("Amazon S3, and every server that speaks its protocol"),
  /** A container of Azure Blob Storage. */
  AZURE("a container of Azure Blob Storage"),
  /** A bucket of Google Cloud Storage. */
  GCS("a bucket of Google Cloud Storage"),

  /** A folder of Box. */
  BOX("a folder of Box");

  private final String summary;

  Driver(String summary) {
    this.summary = summary;
  }

  /** Returns the driver that the configuration calls {@code type}; empty if there is none. */
  public static Optional<Driver> named(String type) {
    return Arrays.stream(values()).filter(driver -> driver.type().equals(type)).findFirst();
  }

  /** Returns what the configuration calls it. */
  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it is, in a few words. */
  public String summary() {
    return summary;
  }

  /** Returns all that it can be told. */
  public List<Setting> settings() {
    return switch (this) {
      case LOCAL -> LocalDriver.SETTINGS;
      case SWIFT -> SwiftDriver.SETTINGS;
      case S3 -> S3Driver.SETTINGS;
      case AZURE -> AzureDriver.SETTINGS;
      case GCS -> GcsDriver.SETTINGS;
      case BOX -> BoxDriver.SETTINGS;
    };
  }
}
