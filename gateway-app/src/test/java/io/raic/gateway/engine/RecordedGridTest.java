package io.raic.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ObjectKey;
import io.raic.crypto.Vectors;
import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.ReadCap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Files that a real grid wrote, put into our stores: what moving from it comes to. */
class RecordedGridTest {
  static List<JsonNode> files() {
    return Vectors.shares("chk");
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileOfAGridIsReadCheckedAndRepaired(JsonNode file, @TempDir Path directory)
      throws IOException {
    var cap = (ReadCap) Capabilities.parse(file.get("cap").stringValue());
    String si = cap.storageIndex().text();
    try (var clouds = Clouds.five(directory)) {
      for (String number : file.get("shares").propertyNames()) {
        int share = Integer.parseInt(number);
        var key = ObjectKey.of("shares/%s/%s/%d".formatted(si.substring(0, 2), si, share));
        clouds.store(share % 5).objects().put(key, Vectors.rawShare(file, share));
      }
      byte[] plaintext = file.get("plaintext").binaryValue();
      assertThat(clouds.get(cap)).isEqualTo(plaintext);
      var health = clouds.repairer().check(cap.verifyCap(), true);
      assertThat(health.inspection().corrupt()).isEmpty();
      assertThat(health.good().distinctShares()).isEqualTo(file.get("shares").size());

      clouds.store(0).objects().clear();
      int left = clouds.objects().size();
      if (clouds.repairer().check(cap.verifyCap(), true).recoverable()) {
        clouds.repairer().repair(cap.verifyCap(), true);
        assertThat(clouds.get(cap)).isEqualTo(plaintext);
        assertThat(clouds.objects()).hasSizeGreaterThan(left);
        clouds
            .objects()
            .forEach((where, made) -> assertThat(made).isEqualTo(recorded(file, where)));
      }
    }
  }

  /** Whatever store it is in now: a share is a function of its name. */
  private static byte[] recorded(JsonNode file, String where) {
    return Vectors.rawShare(file, Integer.parseInt(where.replaceAll(".*/", "")));
  }
}
