package io.raic.cloud.gcs.fake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcsFakeNodeClientTest {
  @Test
  void googlesClientForAnotherLanguageTakesItForTheService() throws Exception {
    var modules = NodeClient.installed();
    try (var fake = GcsFake.start()) {
      assertThat(NodeClient.facts(modules, fake)).hasSize(9);
    }
  }
}
