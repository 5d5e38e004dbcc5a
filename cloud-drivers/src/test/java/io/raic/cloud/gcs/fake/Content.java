package io.raic.cloud.gcs.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The bytes of an object in a file, with the two sums that the service knows.
 *
 * @param file that holds them and nothing else
 * @param size of them
 * @param crc32c in Base64
 * @param md5 in Base64
 */
record Content(Path file, long size, String crc32c, String md5) {
  /** Writes all bytes into a file, which is gone if that fails. */
  static Content receive(Path file, InputStream bytes) throws IOException {
    try (var out = new Summing(Files.newOutputStream(file))) {
      bytes.transferTo(out);
      return out.content(file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Returns the sums of a file that is there. */
  static Content of(Path file) throws IOException {
    try (var in = Files.newInputStream(file);
        var out = new Summing(OutputStream.nullOutputStream())) {
      in.transferTo(out);
      return out.content(file);
    }
  }

  FileChannel open() throws IOException {
    return FileChannel.open(file);
  }

  void discard() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses the bytes if the client named other sums. */
  void require(String crc32cWanted, String md5Wanted) {
    if (!crc32cWanted.isEmpty() && !crc32cWanted.equals(crc32c)) {
      throw Refusal.invalid(
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(crc32cWanted, crc32c));
    }
    if (!md5Wanted.isEmpty() && !md5Wanted.equals(md5)) {
      throw Refusal.invalid(
          "Provided MD5 hash \"%s\" doesn't match calculated MD5 hash \"%s\"."
              .formatted(md5Wanted, md5));
    }
  }

  private static final class Summing extends OutputStream {
    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private final MessageDigest md5;
    private long size;

    Summing(OutputStream out) {
      this.out = out;
      try {
        this.md5 = MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      out.write(data, offset, length);
      crc.update(data, offset, length);
      md5.update(data, offset, length);
      size += length;
    }

    Content content(Path file) {
      var base64 = Base64.getEncoder();
      byte[] crcBytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
      return new Content(
          file, size, base64.encodeToString(crcBytes), base64.encodeToString(md5.digest()));
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
