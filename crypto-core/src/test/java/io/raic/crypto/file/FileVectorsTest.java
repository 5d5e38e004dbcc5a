package io.raic.crypto.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.Vectors;
import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.DirectoryCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What other implementations of the format wrote, we write byte for byte, and read. */
class FileVectorsTest {
  static List<JsonNode> convergentCaps() {
    return Vectors.caps("chk");
  }

  static List<JsonNode> recordedShares() {
    return Vectors.caps("chk-shares");
  }

  static List<JsonNode> gridFiles() {
    return Vectors.shares("chk");
  }

  @ParameterizedTest
  @MethodSource("convergentCaps")
  void aConvergentCapIsTheRecordedOne(JsonNode vector) {
    var shares =
        Shares.converge(
            Vectors.plaintext(vector), vector.get("convergence").binaryValue(), encoding(vector));
    assertThat(shares.cap().reveal()).isEqualTo(vector.get("cap").stringValue());
    assertThat(shares.cap().verifyCap().reveal()).isEqualTo(vector.get("verify_cap").stringValue());
  }

  @ParameterizedTest
  @MethodSource("recordedShares")
  void everyShareIsTheRecordedOne(JsonNode vector) {
    var geometry = encoding(vector).geometry(vector.get("size").longValue());
    var layout = ShareLayout.of(geometry, vector.get("layout").intValue());
    var key = FileKey.of(vector.get("key").binaryValue());
    var shares = Shares.encode(Vectors.plaintext(vector), key, geometry, layout);
    assertThat(shares.cap().reveal()).isEqualTo(vector.get("cap").stringValue());
    for (int i = 0; i < geometry.total(); i++) {
      byte[] raw = shares.raw().get(i);
      assertThat(raw.length).isEqualTo(vector.get("share_lengths").get(i).intValue());
      assertThat(HexFormat.of().formatHex(Vectors.sha256().digest(raw)))
          .isEqualTo(vector.get("share_sha256").get(i).stringValue());
    }
  }

  @ParameterizedTest
  @MethodSource("gridFiles")
  void theSharesOfAGridAreOursByteForByte(JsonNode vector) {
    var encoding =
        new Encoding(
            vector.get("k").intValue(),
            vector.get("n").intValue(),
            vector.get("maxseg").intValue());
    var shares =
        Shares.converge(
            vector.get("plaintext").binaryValue(),
            vector.get("convergence").binaryValue(),
            encoding);
    assertThat(shares.cap().reveal()).isEqualTo(vector.get("cap").stringValue());
    for (String number : vector.get("shares").propertyNames()) {
      assertThat(shares.raw().get(Integer.parseInt(number)))
          .isEqualTo(Vectors.rawShare(vector, Integer.parseInt(number)));
    }
  }

  @ParameterizedTest
  @MethodSource("gridFiles")
  void theSharesOfAGridVerifyDecodeAndRepair(JsonNode vector) throws IOException {
    var cap = (ReadCap) Capabilities.parse(vector.get("cap").stringValue());
    int[] recorded =
        vector.get("shares").propertyNames().stream()
            .mapToInt(Integer::parseInt)
            .sorted()
            .toArray();
    byte[][] raw = new byte[cap.total()][];
    for (int i : recorded) {
      raw[i] = Vectors.rawShare(vector, i);
      ShareReader.open(Shares.source(raw[i]), i, cap.verifyCap()).verifyAll();
    }
    var shares = new Shares(cap, Arrays.asList(raw));
    int[] last = Arrays.copyOfRange(recorded, recorded.length - cap.needed(), recorded.length);
    assertThat(shares.decode(last)).isEqualTo(vector.get("plaintext").binaryValue());
    shares.repair(last, recorded).forEach((i, made) -> assertThat(made).isEqualTo(raw[i]));
  }

  static List<JsonNode> immutableDirectories() {
    return Vectors.shares("idir").stream().filter(vector -> vector.has("shares")).toList();
  }

  @ParameterizedTest
  @MethodSource("immutableDirectories")
  void theTableOfAnImmutableDirectoryIsAFile(JsonNode vector) throws IOException {
    var directory = (DirectoryCap) Capabilities.parse(vector.get("cap").stringValue());
    var cap = (ReadCap) directory.node();
    byte[][] raw = new byte[cap.total()][];
    int[] recorded =
        vector.get("shares").propertyNames().stream().mapToInt(Integer::parseInt).toArray();
    for (int i : recorded) {
      raw[i] = Vectors.rawShare(vector, i);
    }
    assertThat(new Shares(cap, Arrays.asList(raw)).decode(recorded))
        .isEqualTo(vector.get("raw").binaryValue());
  }

  private static Encoding encoding(JsonNode vector) {
    return new Encoding(
        vector.get("k").intValue(),
        vector.get("n").intValue(),
        vector.get("max_segment_size").intValue());
  }
}
