package io.raic.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;

/** The files of the credentials that {@code raic provider add} was given. */
final class SecretFiles {
  private static final String PRIVATE = "private";
  private static final String PROVIDERS = "providers";

  private final Path data;
  private final Drivers drivers;

  SecretFiles(Path data, Drivers drivers) {
    this.data = data;
    this.drivers = drivers;
  }

  /**
   * Writes every credential of {@code given} to a file.
   *
   * @return the settings with names of files, relative to the directory of data, in place of the
   *     credentials
   */
  GivenSettings keep(String id, DriverKind driver, GivenSettings given) throws IOException {
    var kept = new GivenSettings();
    for (var entry : given.entrySet()) {
      if (driver.isSecret(entry.getKey())) {
        String secret = driver.find(entry.getKey()).orElseThrow().name();
        OwnFile.makeDirectory(data.resolve(PRIVATE));
        OwnFile.makeDirectory(directory());
        OwnFile.replace(file(id, secret), (entry.getValue() + "\n").getBytes(UTF_8));
        kept.put(DriverKind.inFile(secret), data.relativize(file(id, secret)).toString());
      } else {
        kept.put(entry.getKey(), entry.getValue());
      }
    }
    return kept;
  }

  /** Removes all credentials that were ever kept for {@code id}, which is a valid one. */
  boolean forget(String id) throws IOException {
    var names = new TreeSet<String>();
    drivers.kinds().forEach(kind -> names.addAll(kind.secrets()));
    boolean any = false;
    for (String name : names) {
      any |= OwnFile.remove(file(id, name));
    }
    return any;
  }

  /** No name of a setting has a dot in it, so no two of them are the same file. */
  private Path file(String id, String setting) {
    return directory().resolve(id + "." + setting);
  }

  private Path directory() {
    return data.resolve(PRIVATE).resolve(PROVIDERS);
  }
}
