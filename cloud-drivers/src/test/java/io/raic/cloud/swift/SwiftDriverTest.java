package io.raic.cloud.swift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.settings.SettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the driver is configured. No server is there, and none is asked. */
class SwiftDriverTest {
  private static Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "auth-url", "https://cloud.example:5000/v3/",
            "username", "me",
            "password", "secret-word",
            "project-name", "mine",
            "container", "raic",
            "prefix", "a/b/"));
  }

  @Test
  void aLocationTellsWhereButNoSecret() {
    try (var store = SwiftSettings.open(settings())) {
      assertThat(store.location())
          .isEqualTo(
              "swift https://cloud.example:5000/v3, project mine of domain Default,"
                  + " container raic, path a/b/");
      assertThat(store.toString()).doesNotContain("secret-word");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "region-name, north",
    "project-name, other",
    "project-domain-name, other",
    "application-credential-id, other"
  })
  void whatIsElsewhereHasOtherWords(String name, String value) {
    var settings = settings();
    if (name.startsWith("application")) {
      settings.put("application-credential-secret", "secret-word");
    }
    try (var one = SwiftSettings.open(settings());
        var other = SwiftSettings.open(SwiftSettings.with(settings, name, value))) {
      assertThat(other.location()).isNotEqualTo(one.location()).doesNotContain("secret-word");
    }
  }

  @Test
  void aSlashAtTheEndMakesNoOtherLocation() {
    var without = SwiftSettings.with(settings(), "auth-url", "https://cloud.example:5000/v3");
    try (var one = SwiftSettings.open(settings());
        var other = SwiftSettings.open(without)) {
      assertThat(other.location()).isEqualTo(one.location());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "prefix, a//b",
    "prefix, ../a",
    "prefix, /a",
    "container, a/b",
    "segments-container, raic",
    "interface, admin",
    "auth-version, 2",
    "auth-url, cloud.example",
    "auth-url, http://cloud.example/v3"
  })
  void aSettingThatMakesNoSenseIsRefused(String name, String value) {
    var settings = settings();
    settings.put(name, value);
    assertThatThrownBy(() -> SwiftSettings.open(settings))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.setting()).isEqualTo(name));
  }

  @ParameterizedTest
  @CsvSource({"auth-url", "username", "password", "project-name", "container"})
  void whatIsMissingIsNamed(String name) {
    var settings = settings();
    settings.remove(name);
    assertThatThrownBy(() -> SwiftSettings.open(settings))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(name);
  }

  @Test
  void anAddressOfAuthV1NeedsNoProject() {
    var settings = settings();
    settings.remove("project-name");
    settings.put("auth-url", "https://cloud.example/auth/v1.0");
    SwiftSettings.open(settings).close();
    settings.put("auth-version", "3");
    assertThatThrownBy(() -> SwiftSettings.open(settings)).isInstanceOf(SettingException.class);
  }
}
