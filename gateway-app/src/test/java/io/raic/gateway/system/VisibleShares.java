package io.raic.gateway.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.hash.Tag;
import io.raic.crypto.hash.TaggedHash;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareReader;
import io.raic.crypto.share.ShareSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All that a store shows, which must be whole shares and nothing else. */
final class VisibleShares {
  private static final Pattern NAME =
      Pattern.compile("shares/([a-z2-7]{2})/(\\1[a-z2-7]{24})/([0-4])");

  private VisibleShares() {}

  /** Checks every byte of every object of {@code store} and returns how many there are. */
  static int assertWhole(CloudBackend store) throws IOException {
    var objects = objects(store);
    for (var object : objects) {
      assertWhole(object.key(), bytes(store, object.key()));
    }
    return objects.size();
  }

  private static List<ObjectInfo> objects(CloudBackend store) {
    var objects = new ArrayList<ObjectInfo>();
    Optional<String> next = Optional.empty();
    do {
      var page = store.list("", next, 1000, deadline());
      objects.addAll(page.objects());
      next = page.next();
    } while (next.isPresent());
    return objects;
  }

  private static byte[] bytes(CloudBackend store, ObjectKey key) {
    try (var download = store.get(key, ByteRange.ALL, deadline()).orElseThrow()) {
      byte[] bytes = new byte[(int) download.info().size()];
      int done = 0;
      while (done < bytes.length) {
        done += download.read(bytes, done, bytes.length - done);
      }
      return bytes;
    }
  }

  /** A share names the hash of the block that vouches for the rest of it, so it proves itself. */
  private static void assertWhole(ObjectKey key, byte[] share) throws IOException {
    var name = NAME.matcher(key.text());
    assertThat(name.matches()).describedAs(key.text()).isTrue();
    var layout = ShareLayout.parse(Arrays.copyOf(share, ShareLayout.MAX_HEADER_BYTES));
    assertThat(layout.version()).isEqualTo(1);
    int start = (int) layout.extension() + Integer.BYTES;
    int length = ByteBuffer.wrap(share).getInt((int) layout.extension());
    assertThat(start + length).describedAs("length of %s", key).isEqualTo(share.length);
    byte[] extension = Arrays.copyOfRange(share, start, start + length);
    var cap =
        new VerifyCap(
            StorageIndex.parse(name.group(2)),
            Bytes.copyOf(TaggedHash.hash(Tag.URI_EXTENSION, extension)),
            3,
            5,
            size(new String(extension, ISO_8859_1)));
    ShareReader.open(source(share), Integer.parseInt(name.group(3)), cap).verifyAll();
  }

  private static long size(String extension) {
    String field = extension.substring(extension.lastIndexOf(",size:"));
    return Long.parseLong(field.split("[:,]", -1)[3]);
  }

  private static ShareSource source(byte[] share) {
    return (offset, target, targetOffset, length) -> {
      int count = Math.clamp(share.length - offset, 0, length);
      System.arraycopy(share, (int) offset, target, targetOffset, count);
      return count;
    };
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(60));
  }
}
