package io.raic.cloud.swift;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Setting.Kind;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** How a container of Swift is configured: by the names that OpenStack's OS_ variables have. */
public final class SwiftDriver {
  private static final String DEFAULT_DOMAIN = "Default";

  /** So that a segment's name stays below the 1024 bytes of Swift. */
  private static final int MAX_PREFIX_CHARACTERS = 255;

  private static final int MAX_CONTAINER_CHARACTERS = 256;

  /** Where a password may go without TLS: it does not leave the machine. */
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required("auth-url", Kind.ADDRESS, "of Keystone v3, or of an auth v1"),
          Setting.withDefault(
              "auth-version", Kind.TEXT, "auto", "1, 3, or auto: by the end of auth-url"),
          Setting.optional("username", Kind.TEXT, "the user; account:user for auth v1"),
          Setting.optional("password", Kind.SECRET, "of the user; the key for auth v1"),
          Setting.optional("project-name", Kind.TEXT, "the project, which a password needs"),
          Setting.withDefault(
              "user-domain-name", Kind.TEXT, DEFAULT_DOMAIN, "the domain of the user"),
          Setting.withDefault(
              "project-domain-name", Kind.TEXT, DEFAULT_DOMAIN, "the domain of the project"),
          Setting.optional("application-credential-id", Kind.TEXT, "in place of user and password"),
          Setting.optional(
              "application-credential-name", Kind.TEXT, "in place of its id, with username"),
          Setting.optional(
              "application-credential-secret", Kind.SECRET, "of the application credential"),
          Setting.optional(
              "region-name", Kind.TEXT, "which of the catalog's, if there are several"),
          Setting.withDefault(
              "interface", Kind.TEXT, "public", "which of the catalog's: public or internal"),
          Setting.optional(
              "storage-url", Kind.ADDRESS, "the account, in place of what the login names"),
          Setting.required("container", Kind.TEXT, "where the objects are; it must be there"),
          Setting.optional(
              "segments-container",
              Kind.TEXT,
              "where the segments of long objects are; CONTAINER_segments, made when needed"),
          Setting.optional("prefix", Kind.TEXT, "a path within the container"));

  private SwiftDriver() {}

  /** Returns the store; no request is made yet. */
  public static CloudBackend open(String id, Settings settings) {
    var places = places(settings);
    var url = settings.findAddress("auth-url").orElseThrow();
    if (!"https".equals(url.getScheme()) && !THIS_MACHINE.contains(url.getHost())) {
      throw new SettingException("auth-url", " is without TLS: the password would be read");
    }
    String location =
        "swift %s%s, %s, container %s%s"
            .formatted(
                plain(settings.findAddress("storage-url").orElse(url)),
                settings.find("region-name").map(name -> ", region " + name).orElse(""),
                owner(url, settings),
                places.container(),
                places.prefix().isEmpty() ? "" : ", path " + places.prefix());
    return new SwiftBackend(id, location, login(url, settings), places);
  }

  /** Returns whose container it is, as far as that is known before a login. */
  private static String owner(URI url, Settings settings) {
    if (isV1(url, settings)) {
      return "account " + settings.text("username").replaceAll(":.*", "");
    }
    if (!settings.has("application-credential-secret")) {
      return "project %s of domain %s"
          .formatted(settings.text("project-name"), settings.text("project-domain-name"));
    }
    return settings
        .find("application-credential-id")
        .map(id -> "application credential " + id)
        .orElseGet(() ->
            "application credential %s of %s"
                .formatted(
                    settings.text("application-credential-name"), settings.text("username")));
  }

  private static String plain(URI url) {
    return url.toString().replaceAll("/+$", "");
  }

  private static boolean isV1(URI url, Settings settings) {
    return switch (settings.oneOf("auth-version", List.of("auto", "1", "1.0", "3"))) {
      case "1", "1.0" -> true;
      case "3" -> false;
      default -> plain(url).matches(".*/v1(\\.0)?");
    };
  }

  private static Places places(Settings settings) {
    String container = container("container", settings.text("container"));
    String segments =
        settings
            .find("segments-container")
            .map(name -> container("segments-container", name))
            .orElse(container + "_segments");
    if (segments.equals(container)) {
      throw new SettingException(
          "segments-container", " is the container itself, whose listings would show segments");
    }
    String prefix = settings.find("prefix").map(path -> path.replaceAll("/+$", "")).orElse("");
    if (!prefix.isEmpty()
        && (!ObjectKey.isValid(prefix) || prefix.length() > MAX_PREFIX_CHARACTERS)) {
      throw new SettingException(
          "prefix",
          " is not a path of at most %d letters, digits, dots, dashes and underscores"
              .formatted(MAX_PREFIX_CHARACTERS));
    }
    return new Places(container, segments, prefix.isEmpty() ? "" : prefix + "/");
  }

  private static String container(String setting, String name) {
    if (name.contains("/") || name.length() > MAX_CONTAINER_CHARACTERS) {
      throw new SettingException(
          setting,
          " is not a name of at most %d characters without a slash"
              .formatted(MAX_CONTAINER_CHARACTERS));
    }
    return name;
  }

  private static Login login(URI url, Settings settings) {
    var storage = settings.findAddress("storage-url");
    String plain = plain(url);
    if (isV1(url, settings)) {
      return new LoginV1(
          URI.create(plain), settings.text("username"), settings.secret("password"), storage);
    }
    var catalog =
        new Catalog(
            settings.oneOf("interface", List.of("public", "internal")),
            settings.find("region-name"));
    return new LoginV3(
        URI.create(plain.endsWith("/v3") ? plain : plain + "/v3"),
        credentials(settings),
        catalog,
        storage);
  }

  private static KeystoneCredentials credentials(Settings settings) {
    var secret = settings.findSecret("application-credential-secret");
    if (secret.isPresent()) {
      return settings
          .find("application-credential-id")
          .<KeystoneCredentials>map(id -> new KeystoneCredentials.ById(id, secret.get()))
          .orElseGet(() ->
              new KeystoneCredentials.ByName(
                  settings.text("application-credential-name"),
                  settings.text("username"),
                  settings.text("user-domain-name"),
                  secret.get()));
    }
    return new KeystoneCredentials.Password(
        settings.text("username"),
        settings.text("user-domain-name"),
        settings.secret("password"),
        settings.text("project-name"),
        settings.text("project-domain-name"));
  }
}
