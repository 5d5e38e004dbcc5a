package io.raic.gateway.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The scripts and styles of the dashboard, which are part of the program. For any thread. */
public final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "dashboard.js", "text/javascript;charset=UTF-8",
          "dashboard.css", "text/css;charset=UTF-8",
          "icon.svg", "image/svg+xml",
          "LICENSES.txt", "text/plain;charset=UTF-8");

  private final Map<String, Asset> all = new TreeMap<>();
  private final String version;

  /** One of them. */
  static final class Asset {
    private final String type;
    private final byte[] content;

    private Asset(String type, byte[] content) {
      this.type = type;
      this.content = content;
    }

    String type() {
      return type;
    }

    byte[] content() {
      return content.clone();
    }
  }

  private Assets(Map<String, byte[]> contents) {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      contents.forEach((name, content) -> {
        hash.update(content);
        all.put(name, new Asset(Objects.requireNonNull(TYPES.get(name)), content));
      });
      version = HexFormat.of().formatHex(hash.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads all of them. */
  public static Assets load() {
    var contents = new TreeMap<String, byte[]>();
    for (var name : TYPES.keySet()) {
      try (var in = Assets.class.getResourceAsStream("/static/admin/assets/" + name)) {
        contents.put(name, Objects.requireNonNull(in, name).readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Assets(contents);
  }

  /** Returns the one called {@code name}; empty if there is none. */
  Optional<Asset> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  /** Returns what differs whenever one of them does. */
  String version() {
    return version;
  }
}
