package io.raic.cloud.settings;

import static io.raic.cloud.settings.Setting.optional;
import static io.raic.cloud.settings.Setting.required;
import static io.raic.cloud.settings.Setting.withDefault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.settings.Setting.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final List<Setting> KNOWN =
      List.of(
          required("bucket", Kind.TEXT, "where the objects go"),
          optional("access-key", Kind.SECRET, "the key"),
          optional("endpoint", Kind.ADDRESS, "the server"),
          optional("key-store", Kind.PATH, "a file"),
          withDefault("path-style", Kind.FLAG, "false", "how addresses are made"),
          withDefault("class", Kind.TEXT, "hot", "how it is kept"));

  @TempDir Path disk;

  private static Settings of(Map<String, String> given) {
    return Settings.of(KNOWN, given);
  }

  @Test
  void valuesAreFoundWhateverTheNameLooksLike() {
    for (var name : List.of("access-key", "accesskey", "ACCESSKEY", "access_key", "access.key")) {
      var settings = of(Map.of("BUCKET", " shares ", name, "s3cret"));
      assertThat(settings.text("bucket")).isEqualTo("shares");
      assertThat(settings.secret("access-key").reveal()).isEqualTo("s3cret");
    }
  }

  @Test
  void whatIsNotGivenHasItsDefaultOrNothing() {
    var settings = of(Map.of("bucket", "b", "endpoint", "  "));
    assertThat(settings.text("class")).isEqualTo("hot");
    assertThat(settings.flag("path-style")).isFalse();
    assertThat(settings.findAddress("endpoint")).isEmpty();
    assertThat(settings.findSecret("access-key")).isEmpty();
    assertThat(settings.has("access-key")).isFalse();
    assertThatThrownBy(() -> settings.text("endpoint")).hasMessage("endpoint is missing");
  }

  @Test
  void whatIsUnknownTwiceOrMissingIsNamed() {
    assertThatThrownBy(() -> of(Map.of("bucket", "b", "buckte", "c")))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("buckte is unknown; known are bucket, access-key");
    assertThatThrownBy(() -> of(Map.of("bucket", "b", "BUCKET", "c")))
        .hasMessageEndingWith("is there twice");
    assertThatThrownBy(() -> of(Map.of())).hasMessage("bucket is missing: where the objects go");
  }

  @Test
  void aSecretInAFileIsReadEachTime() throws IOException {
    var file = disk.resolve("key");
    Files.writeString(file, "first\n");
    var secret = of(Map.of("bucket", "b", "access-key-file", file.toString())).secret("access-key");
    assertThat(secret.reveal()).isEqualTo("first");
    Files.writeString(file, "second");
    assertThat(secret.reveal()).isEqualTo("second");
    Files.writeString(file, "x".repeat(70_000));
    assertThatThrownBy(secret::reveal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString());
    Files.delete(file);
    assertThatThrownBy(secret::reveal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aSecretIsNeverPrinted() {
    var settings = of(Map.of("bucket", "b", "access-key", "s3cret"));
    assertThat(settings.secret("access-key").toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> of(Map.of("bucket", "b", "access-key", "s3cret", "accesskey", "x")))
        .message()
        .doesNotContain("s3cret");
    assertThatThrownBy(() ->
            of(Map.of("bucket", "b", "access-key", "s3cret", "access-key-file", "/f"))
                .secret("access-key"))
        .hasMessage("access-key is given as text and as a file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "host:80",
        "http://user:s3cret@host",
        "http://",
        "http://host?s3cret",
        "http://host#s3cret",
        "http://ho st",
        "//host"
      })
  void onlyAnAddressOfTheWebIsAnAddress(String text) {
    var settings = of(Map.of("bucket", "b", "endpoint", text));
    assertThatThrownBy(() -> settings.findAddress("endpoint"))
        .isInstanceOf(SettingException.class)
        .message()
        .startsWith("endpoint is not an address")
        .doesNotContain("s3cret");
  }

  @Test
  void valuesOfEachKindAreRead() {
    var settings =
        of(
            Map.of(
                "bucket", "b",
                "endpoint", "https://host:9000/path",
                "key-store", "/etc/key",
                "path-style", "true",
                "class", "cold"));
    assertThat(settings.findAddress("endpoint")).contains(URI.create("https://host:9000/path"));
    assertThat(settings.findPath("key-store")).contains(Path.of("/etc/key"));
    assertThat(settings.flag("path-style")).isTrue();
    assertThat(settings.oneOf("class", List.of("hot", "cold"))).isEqualTo("cold");
    assertThatThrownBy(() -> settings.oneOf("class", List.of("warm", "hot")))
        .hasMessage("class is not one of warm, hot");
    assertThatThrownBy(() -> of(Map.of("bucket", "b", "path-style", "yes")).flag("path-style"))
        .hasMessage("path-style is neither true nor false");
  }
}
