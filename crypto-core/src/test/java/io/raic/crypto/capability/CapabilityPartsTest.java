package io.raic.crypto.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.cipher.FileKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What capabilities are made of, without their text. */
class CapabilityPartsTest {
  @Test
  void aDirectoryIsNotHeldByADirectory() {
    var directory = Capabilities.parse(Samples.WRITE.getLast());
    assertThatThrownBy(() -> new DirectoryCap(directory))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCapIsNotMadeOfPartsOfTheWrongLength() {
    var hash = Bytes.copyOf(new byte[32]);
    var shorter = Bytes.copyOf(new byte[31]);
    var index = StorageIndex.parse(Samples.KEY);
    var key = FileKey.of(new byte[16]);
    var secret = Secret.copyOf(new byte[16]);
    var longer = Secret.copyOf(new byte[17]);
    notMade(() -> new ReadCap(key, shorter, 3, 5, 56));
    notMade(() -> new ReadCap(key, hash, 3, 5, 0));
    notMade(() -> new VerifyCap(index, shorter, 3, 5, 56));
    notMade(() -> new VerifyCap(index, hash, 6, 5, 56));
    for (var format : MutableFormat.values()) {
      notMade(() -> new MutableWriteCap(format, longer, hash));
      notMade(() -> new MutableWriteCap(format, secret, shorter));
      notMade(() -> new MutableReadCap(format, longer, hash));
      notMade(() -> new MutableReadCap(format, secret, shorter));
      notMade(() -> new MutableVerifyCap(format, index, shorter));
    }
  }

  private static void notMade(Runnable constructor) {
    assertThatThrownBy(constructor::run).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStorageIndexHasTwentySixCharacters() {
    var index = StorageIndex.parse(Samples.KEY);
    assertThat(index.text()).isEqualTo(Samples.KEY);
    for (String wrong : List.of("", "ab", Samples.KEY + "aa", Samples.HASH)) {
      assertThatThrownBy(() -> StorageIndex.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
