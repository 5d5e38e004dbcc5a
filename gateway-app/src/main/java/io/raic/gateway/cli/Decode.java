package io.raic.gateway.cli;

import static java.util.stream.Collectors.joining;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.DirectoryCap;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.MutableReadCap;
import io.raic.crypto.capability.MutableVerifyCap;
import io.raic.crypto.capability.MutableWriteCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.crypto.file.FileDecoder;
import io.raic.crypto.file.InconsistentFileException;
import io.raic.crypto.file.PlaintextReader;
import io.raic.crypto.file.ShareSet;
import io.raic.crypto.file.TooFewSharesException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code raic decode}: rebuilds a file from its shares, offline. */
@Command(
    name = "decode",
    header = "Rebuild a file from its shares, offline.",
    customSynopsis = {
      "raic decode [-hq] [-o=FILE] CAP DIR...",
      "raic decode [-hq] [-o=FILE] --cap-file=FILE DIR..."
    },
    description = {
      "%nRebuilds the file of CAP from any shares found in the DIRs: files named by their number,"
          + " as raic encode writes them, or the directories of a gateway's local stores. Bad"
          + " shares are reported and replaced by others. Every byte is verified before it is"
          + " written.%n"
    },
    footer = {
      "%nExamples:",
      "  raic decode URI:CHK:... shares -o photo.jpg",
      "  raic decode --cap-file photo.cap data/store-1 data/store-3 data/store-4 > photo.jpg"
    })
final class Decode implements Callable<Integer> {
  private final Stdio stdio;

  @Mixin private final QuietOption quiet = new QuietOption();

  @Option(
      names = "--cap-file",
      paramLabel = "FILE",
      description = "Reads the capability from FILE instead of the command line.")
  private Optional<Path> capFile = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to FILE, replacing it; - is standard output, the default.")
  private Optional<Path> output = Optional.empty();

  @Parameters(
      arity = "0..*",
      paramLabel = "CAP DIR",
      description = "The capability (- reads it from standard input), then the directories.")
  private List<String> arguments = new ArrayList<>();

  Decode(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws IOException {
    if (capFile.isEmpty() && arguments.isEmpty()) {
      throw Failure.usage("CAP is missing (or - or --cap-file FILE)");
    }
    var cap =
        capFile.isPresent()
            ? CapParameter.ofFile(capFile.get())
            : CapParameter.of(arguments.getFirst(), stdio);
    var directories = directories();
    try (var destination = Destination.open(output, stdio)) {
      write(cap, directories, destination.stream());
      destination.commit();
    }
    return ExitCode.OK.number();
  }

  private List<Path> directories() throws Failure {
    try {
      return arguments.stream().skip(capFile.isPresent() ? 0 : 1).map(Arguments::path).toList();
    } catch (TypeConversionException e) {
      throw Failure.usage("DIR: " + e.getMessage());
    }
  }

  private void write(Capability cap, List<Path> directories, OutputStream out) throws IOException {
    switch (cap) {
      case LiteralCap literal -> out.write(literal.data().toByteArray());
      case ReadCap read -> {
        if (directories.isEmpty()) {
          throw Failure.usage("DIR is missing: where are the shares?");
        }
        rebuild(read, directories, out);
      }
      case VerifyCap _, MutableWriteCap _, MutableReadCap _, MutableVerifyCap _, DirectoryCap _ ->
          throw Failure.usage(
              "decode rebuilds immutable files, URI:CHK and URI:LIT, not " + cap.kind());
    }
  }

  private void rebuild(ReadCap cap, List<Path> directories, OutputStream out) throws IOException {
    try (var progress = quiet.progress(stdio);
        var found = FoundShares.in(directories, cap.storageIndex(), progress::remark)) {
      if (found.candidates().isEmpty()) {
        throw new Failure(
            ExitCode.UNRECOVERABLE,
            "no shares of this file in %s: name the directories of the stores, such as data/store-*"
                .formatted(directories.stream().map(Path::toString).collect(joining(", "))));
      }
      progress.expect(cap.size());
      var shares =
          new ShareSet(
              cap.verifyCap(),
              found.candidates(),
              (number, reason) -> progress.remark(badShare(number, reason)));
      var reader = new PlaintextReader(new FileDecoder(shares), cap.key());
      reader.transfer(0, cap.size(), new Counted(out, progress));
    } catch (TooFewSharesException e) {
      throw new Failure(
          ExitCode.UNRECOVERABLE,
          "found %d good shares of the %d needed".formatted(e.good(), e.needed()),
          e);
    } catch (InconsistentFileException e) {
      throw new Failure(ExitCode.UNRECOVERABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static String badShare(int number, IOException reason) {
    String words = Failure.reason(reason);
    String prefix = "share %d: ".formatted(number);
    return (words.startsWith(prefix) ? words : prefix + words) + " (skipped)";
  }

  /** Counts what is written; takes whole arrays only. */
  private static final class Counted extends OutputStream {
    private final OutputStream out;
    private final Progress progress;

    Counted(OutputStream out, Progress progress) {
      this.out = out;
      this.progress = progress;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      out.write(data, offset, length);
      progress.advance(length);
      progress.tick();
    }
  }
}
