package io.raic.crypto.capability;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.Vectors;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The recorded capabilities, and what they diminish to. */
class CapabilityVectorsTest {
  static List<JsonNode> immutable() {
    return Stream.of("chk").map(Vectors::caps).flatMap(List::stream).toList();
  }

  static List<JsonNode> literals() {
    return Vectors.caps("lit");
  }

  static List<JsonNode> mutable() {
    return Stream.of("ssk", "mdmf").map(Vectors::caps).flatMap(List::stream).toList();
  }

  static List<JsonNode> gridNodes() {
    return Stream.of("sdmf", "mdmf", "dir", "idir", "chk")
        .map(Vectors::shares)
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("immutable")
  void anImmutableCapDiminishesToItsVerifyCap(JsonNode vector) {
    var cap = printsAsItWasRead(vector.get("cap").stringValue());
    assertThat(cap).isInstanceOf(ReadCap.class);
    assertThat(cap.readOnly()).contains(cap);
    assertDiminishes(cap, vector.get("verify_cap").stringValue());
  }

  @ParameterizedTest
  @MethodSource("literals")
  void aLiteralHoldsItsData(JsonNode vector) {
    var cap = printsAsItWasRead(vector.get("cap").stringValue());
    assertThat(cap).isEqualTo(new LiteralCap(Bytes.copyOf(vector.get("data").binaryValue())));
    assertThat(cap.readOnly()).contains(cap);
    assertThat(cap.verifyOnly()).isEmpty();
    assertThat(cap.index()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("mutable")
  void aMutableCapDiminishesToItsReadAndVerifyCaps(JsonNode vector) {
    var write = printsAsItWasRead(vector.get("write_cap").stringValue());
    var read = printsAsItWasRead(vector.get("read_cap").stringValue());
    assertThat(write.readOnly()).contains(read);
    assertThat(read.readOnly()).contains(read);
    assertDiminishes(write, vector.get("verify_cap").stringValue());
    assertDiminishes(read, vector.get("verify_cap").stringValue());
  }

  /** Format §11. */
  @ParameterizedTest
  @MethodSource("mutable")
  void aMutableCapIsDerivedFromItsKeyPair(JsonNode vector) throws Exception {
    byte[] der = vector.get("private_key_pkcs8").binaryValue();
    var rsa = KeyFactory.getInstance("RSA");
    var privateKey = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(der));
    BigInteger modulus = privateKey.getModulus();
    var publicKey =
        rsa.generatePublic(new RSAPublicKeySpec(modulus, privateKey.getPublicExponent()));
    var cap =
        new MutableWriteCap(
            vector.get("format").stringValue().equals("ssk")
                ? MutableFormat.SDMF
                : MutableFormat.MDMF,
            Secret.copyOf(TaggedHash.truncated(Tag.WRITE_KEY, der, 16)),
            Bytes.copyOf(TaggedHash.hash(Tag.FINGERPRINT, publicKey.getEncoded())));
    assertThat(cap.reveal()).isEqualTo(vector.get("write_cap").stringValue());
  }

  @ParameterizedTest
  @MethodSource("gridNodes")
  void theCapsOfAGridDiminishAsTheGridSays(JsonNode vector) {
    var cap = printsAsItWasRead(vector.get("cap").stringValue());
    if (vector.has("rocap")) {
      assertThat(cap.readOnly().orElseThrow().reveal())
          .isEqualTo(vector.get("rocap").stringValue());
      printsAsItWasRead(vector.get("rocap").stringValue());
    }
    if (vector.has("vcap")) {
      assertDiminishes(cap, vector.get("vcap").stringValue());
    }
    if (cap instanceof DirectoryCap directory && directory.node() instanceof LiteralCap literal) {
      assertThat(literal.data().toByteArray()).isEqualTo(vector.get("raw").binaryValue());
      assertThat(cap.verifyOnly()).isEmpty();
    }
  }

  private static Capability printsAsItWasRead(String text) {
    var cap = Capabilities.parse(text);
    assertThat(cap.reveal()).isEqualTo(text).startsWith(cap.kind() + ":");
    assertThat(Capabilities.parse(cap.reveal())).isEqualTo(cap).hasSameHashCodeAs(cap);
    return cap;
  }

  private static void assertDiminishes(Capability cap, String verifyCap) {
    var verify = printsAsItWasRead(verifyCap);
    assertThat(cap.verifyOnly()).contains(verify);
    assertThat(verify.verifyOnly()).contains(verify);
    assertThat(verify.readOnly()).isEmpty();
    assertThat(cap.index()).isEqualTo(verify.index()).isPresent();
    assertThat(verify.reveal()).contains(verify.index().orElseThrow().text());
  }
}
