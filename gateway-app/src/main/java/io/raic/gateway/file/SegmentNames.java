package io.raic.gateway.file;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.gateway.file.SegmentKey.CachedFile;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What cached segments are called: keyed hashes, with a key that is only in memory. So a name tells
 * neither which file a segment is of nor which segments belong together.
 *
 * <p>For any number of threads.
 */
final class SegmentNames {
  private static final String MAC = "HmacSHA256";
  private static final int NAME_BYTES = 16;
  private static final byte FILE = 0;
  private static final byte SEGMENT = 1;

  private final Secret secret;

  SegmentNames(SecureRandom random) {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    this.secret = Secret.copyOf(bytes);
  }

  /** Returns what the file is called whose URI extension block has the hash {@code uebHash}. */
  CachedFile file(Bytes uebHash) {
    var name = ByteBuffer.wrap(hash(FILE, uebHash.toByteArray()));
    return new CachedFile(name.getLong(), name.getLong());
  }

  /** Returns the name of a segment on disk. */
  String of(SegmentKey key) {
    byte[] parts =
        ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
            .putLong(key.file().high())
            .putLong(key.file().low())
            .putInt(key.segment())
            .array();
    return HexFormat.of().formatHex(hash(SEGMENT, parts), 0, NAME_BYTES);
  }

  private byte[] hash(byte purpose, byte[] input) {
    return secret.use(key -> {
      try {
        var mac = Mac.getInstance(MAC);
        mac.init(new SecretKeySpec(key, MAC));
        mac.update(purpose);
        return mac.doFinal(input);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java runtime has no " + MAC, e);
      }
    });
  }
}
