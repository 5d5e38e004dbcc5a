package io.raic.cloud.s3;

import io.raic.cloud.parts.PartTarget;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/** A part as the body of a request, which goes from the array to the socket without a copy. */
final class S3Part {
  private S3Part() {}

  /**
   * Returns the body; it can be sent again. The SDK sees a stream, and wraps it; below the SDK the
   * part is found in the attempt.
   */
  static RequestBody body(PartTarget.Part part) {
    S3Call.CURRENT.get().carries(part);
    return RequestBody.fromContentProvider(
        () -> new Stream(part), part.length(), "application/octet-stream");
  }

  /** Returns the CRC-32C of the bytes as S3 writes it. */
  static String crc32c(PartTarget.Part part) {
    var sum = new CRC32C();
    sum.update(part.data(), 0, part.length());
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns the MD5 of the bytes as S3 writes it. */
  static String md5(PartTarget.Part part) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      digest.update(part.data(), 0, part.length());
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static final class Stream extends InputStream {
    private final PartTarget.Part part;
    private int position;

    Stream(PartTarget.Part part) {
      this.part = part;
    }

    @Override
    public int read() {
      return position < part.length() ? part.data()[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (position == part.length() && length > 0) {
        return -1;
      }
      int count = Math.min(length, part.length() - position);
      System.arraycopy(part.data(), position, target, offset, count);
      position += count;
      return count;
    }
  }
}
