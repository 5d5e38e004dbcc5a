package io.raic.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "RAIC_PORT",
        "RAIC_HOSTNAMES",
        "RAIC_HOST_NAMES",
        "RAIC_HOSTNAMES_0",
        "RAIC_TRANSFERS_SPOOLMEMORY",
        "RAIC_TRANSFERS_SPOOL_MEMORY",
        "RAIC_AUTH_MODE",
        "RAIC_AUTH_OPENANYWHERE",
        "RAIC_DATABASE_URL",
        "RAIC_TLS_CERTIFICATE",
        "raic_port",
        "RAIC_PROVIDERS_0_SECRETACCESSKEY_FILE",
        "RAIC_URL",
        "RAIC_TOKEN",
        "RAIC_CA_FILE",
        "RAIC_JAVA_OPTS",
        "RAICX",
        "PATH"
      })
  void whatMeansSomethingOrIsNotOursIsAllowed(String name) {
    assertThatCode(() -> VariableNames.requireKnown(List.of("HOME", name)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RAIC_",
        "RAIC_PROT",
        "RAIC_AUTH",
        "RAIC_AUTH_MODUS",
        "RAIC_AUTHMODE",
        "RAIC_PORT_0",
        "RAIC_PROVIDERS_ID",
        "RAIC_SERVICE_HOST"
      })
  void whatMeansNothingIsNamed(String name) {
    assertThatThrownBy(() -> VariableNames.requireKnown(List.of("HOME", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the environment variable %s means nothing: see docs/configuration.md, or unset it",
            name);
  }
}
