package io.raic.crypto.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteStringsTest {
  @Test
  void aNetstringIsItsLengthItselfAndAComma() {
    assertThat(Netstring.of(new byte[0])).isEqualTo("0:,".getBytes(US_ASCII));
    assertThat(Netstring.of("hello".getBytes(US_ASCII))).isEqualTo("5:hello,".getBytes(US_ASCII));
    assertThat(Netstring.of(new byte[1000])).startsWith("1000:".getBytes(US_ASCII)).hasSize(1006);
  }

  @Test
  void bytesDoNotChangeWithTheArrayTheyWereMadeOf() {
    byte[] array = {1, 2, 3};
    var bytes = Bytes.copyOf(array);
    array[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.copyOf(new byte[] {0, 1, 2, 3}, 1, 3));
    assertThat(bytes).hasSameHashCodeAs(Bytes.copyOf(new byte[] {1, 2, 3})).hasToString("010203");
  }

  @Test
  void bytesMatchWhereTheyStand() {
    var bytes = Bytes.copyOf(new byte[] {1, 2});
    byte[] other = {0, 1, 2};
    assertThat(bytes.matches(other, 1)).isTrue();
    assertThat(bytes.matches(other, 0)).isFalse();
    assertThat(bytes.matches(other, 2)).isFalse();
    assertThat(bytes.matches(other, -1)).isFalse();
    assertThat(bytes.matches(new byte[1], 0)).isFalse();
    assertThat(bytes.matches(other, Integer.MAX_VALUE)).isFalse();
  }

  @Test
  void bytesThatAreNotThereAreNotMadeUp() {
    assertThatThrownBy(() -> Bytes.copyOf(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[4], -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aSecretIsEqualByContentAndShowsNothing() {
    var secret = Secret.copyOf(new byte[] {'k', 'e', 'y'});
    assertThat(secret).isEqualTo(Secret.copyOf(new byte[] {'k', 'e', 'y'}));
    assertThat(secret).isNotEqualTo(Secret.copyOf(new byte[] {'k', 'e', 'z'}));
    assertThat(secret).hasToString("Secret[3 bytes]");
    assertThat(secret).hasSameHashCodeAs(Secret.copyOf(new byte[3]));
  }

  @Test
  void aSecretIsWipedAndNeverTakenForAKeyOfZeros() {
    var secret = Secret.copyOf(new byte[] {1, 2, 3});
    secret.close();
    assertThatThrownBy(secret::toByteArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.use(key -> key.length))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theCopyThatASecretIsUsedByIsWiped() {
    byte[][] seen = new byte[1][];
    var secret = Secret.copyOf(new byte[] {1, 2, 3});
    int sum =
        secret.use(key -> {
          seen[0] = key;
          return key[0] + key[1] + key[2];
        });
    assertThat(sum).isEqualTo(6);
    assertThat(seen[0]).containsExactly(0, 0, 0);
    assertThat(secret.toByteArray()).containsExactly(1, 2, 3);
  }
}
