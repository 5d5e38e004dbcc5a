package io.raic.gateway.cli;

import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.cipher.Convergence;
import io.raic.crypto.cipher.FileKey;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.EncryptedStream;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.share.Geometry;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.UriExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code raic encode}: makes the shares of a file, offline. */
@Command(
    name = "encode",
    header = "Make the shares of a file, offline; print its capability.",
    description = {
      "%nEncrypts FILE (- is standard input) and writes its shares as DIR/0 to DIR/n-1, all or"
          + " none; - for DIR writes none and prints the capability alone. A file of at most 55"
          + " bytes is held by the capability itself and has no shares.%n"
    },
    footer = {
      "%nExamples:",
      "  raic encode photo.jpg shares > photo.cap",
      "  raic encode -k 2 -n 3 --convergence-file secret photo.jpg shares",
      "  raic encode --convergence '' photo.jpg -"
    })
final class Encode implements Callable<Integer> {
  private static final int CHUNK = 1 << 16;

  private final Stdio stdio;

  @Mixin private final KeyOptions keyOptions = new KeyOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  @Option(
      names = "-k",
      paramLabel = "K",
      description = "Shares that rebuild the file (default: ${DEFAULT-VALUE}).")
  private int needed = Encoding.DEFAULT.needed();

  @Option(
      names = "-n",
      paramLabel = "N",
      description = "Shares made of it (default: ${DEFAULT-VALUE}).")
  private int total = Encoding.DEFAULT.total();

  @Option(
      names = "--segment-size",
      paramLabel = "BYTES",
      description = "Longest segment (default: ${DEFAULT-VALUE}).")
  private int segmentBytes = Encoding.DEFAULT.maxSegmentBytes();

  @Option(names = "--force", description = "Replace share files that DIR holds already.")
  private boolean force;

  @Parameters(index = "0", paramLabel = "FILE", description = "The file; - for standard input.")
  private Path file = Path.of("-");

  @Parameters(index = "1", paramLabel = "DIR", description = "Where the shares go; - for nowhere.")
  private Path directory = Path.of("-");

  Encode(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException {
    var encoding = encoding();
    var secret = keyOptions.secret();
    try (var plaintext = plaintext()) {
      if (plaintext.length() <= Encoding.MAX_LITERAL_BYTES) {
        var literal = new LiteralCap(Bytes.copyOf(plaintext.open().readAllBytes()));
        stdio.print(literal.reveal());
        stdio.remark("the capability holds the file itself: no shares were written");
      } else {
        encode(plaintext, encoding.geometry(plaintext.length()), secret);
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK.number();
  }

  private Encoding encoding() throws Failure {
    if (needed < 1 || total < needed || total > Geometry.MAX_TOTAL) {
      throw Failure.usage(
          "-k %d and -n %d do not go together: want 1 <= k <= n <= %d"
              .formatted(needed, total, Geometry.MAX_TOTAL));
    }
    if (segmentBytes < 1 || segmentBytes > Geometry.MAX_SEGMENT_BYTES) {
      throw Failure.usage(
          "--segment-size is 1 to %d, not %d".formatted(Geometry.MAX_SEGMENT_BYTES, segmentBytes));
    }
    return new Encoding(needed, total, segmentBytes);
  }

  private Plaintext plaintext() throws IOException {
    if (!file.toString().equals("-")) {
      if (RegularFile.isOne(file)) {
        return RegularFile.open(file);
      }
      try (var in = Files.newInputStream(file);
          var progress = quiet.progress(stdio)) {
        return SpooledInput.of(in, progress);
      }
    }
    try (var progress = quiet.progress(stdio)) {
      return SpooledInput.of(stdio.in(), progress);
    }
  }

  private void encode(Plaintext plaintext, Geometry geometry, Optional<Secret> secret)
      throws IOException {
    try (var shares =
        directory.toString().equals("-")
            ? NewShares.nowhere(geometry.total())
            : NewShares.in(directory, geometry.total(), force)) {
      var key =
          secret.isPresent()
              ? convergentKey(plaintext, geometry, secret.get())
              : FileKey.random(new SecureRandom());
      var extension = write(plaintext, geometry, key, secret, shares);
      var cap =
          new ReadCap(key, extension.hash(), geometry.needed(), geometry.total(), geometry.size());
      shares.finish();
      // Shares without their capability are of no use to anybody, least of all in place of others.
      stdio.print(cap.reveal());
      shares.publish();
    }
  }

  private FileKey convergentKey(Plaintext plaintext, Geometry geometry, Secret secret)
      throws IOException {
    var convergence = convergence(geometry, secret);
    byte[] chunk = new byte[CHUNK];
    try (var progress = quiet.progress(stdio)) {
      progress.expect(geometry.size());
      var in = plaintext.open();
      for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
        convergence.update(chunk, 0, got);
        progress.advance(got);
        progress.tick();
      }
    }
    return convergence.key();
  }

  private UriExtension write(
      Plaintext plaintext,
      Geometry geometry,
      FileKey key,
      Optional<Secret> secret,
      NewShares shares)
      throws IOException {
    var again = secret.map(known -> convergence(geometry, known));
    try (var progress = quiet.progress(stdio)) {
      progress.expect(geometry.size());
      var in =
          new TappedInput(
              plaintext.open(),
              (data, offset, length) -> {
                again.ifPresent(convergence -> convergence.update(data, offset, length));
                progress.advance(length);
                progress.tick();
              });
      var extension =
          new FileEncoder(geometry, ShareLayout.of(geometry), shares.sinks())
              .encode(new EncryptedStream(in, key, geometry));
      // Other content under this key would share its key stream with the content it belongs to.
      if (again.isPresent() && !again.get().key().equals(key)) {
        throw new Failure(ExitCode.FAILED, file + " changed while it was read");
      }
      return extension;
    }
  }

  private static Convergence convergence(Geometry geometry, Secret secret) {
    return Convergence.of(secret, geometry.needed(), geometry.total(), geometry.segmentBytes());
  }
}
