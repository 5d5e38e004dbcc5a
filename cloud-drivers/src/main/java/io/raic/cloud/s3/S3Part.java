package io.raic.cloud.s3;

import io.raic.cloud.parts.PartTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;

/** A part as the body of a request, which goes from the array to the socket without a copy. */
final class S3Part {
  /** What is written at once; a transfer that does not move by this in a step is cut. */
  private static final int SLICE_BYTES = 1 << 17;

  private S3Part() {}

  /** Returns the body; it can be sent again. */
  static RequestBody body(PartTarget.Part part) {
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

    @Override
    public long transferTo(OutputStream out) throws IOException {
      long start = position;
      part.progress().sent(position);
      while (position < part.length()) {
        int count = Math.min(SLICE_BYTES, part.length() - position);
        out.write(part.data(), position, count);
        position += count;
        part.progress().sent(position);
      }
      return position - start;
    }
  }
}
