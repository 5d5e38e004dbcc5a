package io.raic.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class CacheSettingsTest {
  private static GatewayProperties.Cache cache(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("raic", GatewayProperties.class)
        .cache();
  }

  @Test
  void thereIsNoCacheUnlessItIsWanted() {
    assertThat(cache(Map.of()).size().toBytes()).isZero();
    assertThat(cache(Map.of("raic.cache.size", "0")).size().toBytes()).isZero();
  }

  @Test
  void itsSizeAndDirectoryCanBeSet() {
    var cache = cache(Map.of("raic.cache.size", "10GB", "raic.cache.directory", "/fast/cache"));
    assertThat(cache.size()).isEqualTo(DataSize.ofGigabytes(10));
    assertThat(cache.directoryOr(Path.of("usual"))).isEqualTo(Path.of("/fast/cache"));
    assertThat(cache(Map.of()).directoryOr(Path.of("usual"))).isEqualTo(Path.of("usual"));
  }

  @Test
  void anEmptyDirectoryIsRefused() {
    assertThatThrownBy(() -> cache(Map.of("raic.cache.directory", " ")))
        .hasRootCauseMessage("directory is an empty name");
  }
}
