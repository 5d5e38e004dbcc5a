package io.raic.gateway.cli;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.DirectoryCap;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.MutableReadCap;
import io.raic.crypto.capability.MutableVerifyCap;
import io.raic.crypto.capability.MutableWriteCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raic cap}: explains a capability, offline. */
@Command(
    name = "cap",
    header = "Explain a capability.",
    description = {
      "%nTells the kind of CAP, how its file is encoded, and the weaker capabilities that can be"
          + " given away instead. Asks no gateway.%n"
    },
    footer = {"%nExamples:", "  raic cap URI:CHK:...", "  raic put notes.txt | raic cap -"})
final class Cap implements Callable<Integer> {
  private final Stdio stdio;

  @Mixin private final CapParameter cap = new CapParameter();

  Cap(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws Failure {
    for (String line : explain(cap.read(stdio))) {
      stdio.print(line);
    }
    return ExitCode.OK.number();
  }

  private static List<String> explain(Capability capability) {
    boolean directory = capability instanceof DirectoryCap;
    var node = capability instanceof DirectoryCap(var held) ? held : capability;
    var lines = new ArrayList<String>();
    lines.add(line("kind", kind(node, directory ? "directory" : "file")));
    switch (node) {
      case ReadCap read -> encoding(lines, read.needed(), read.total(), read.size());
      case VerifyCap verify -> encoding(lines, verify.needed(), verify.total(), verify.size());
      case LiteralCap literal -> lines.add(size(literal.data().length()));
      case MutableWriteCap _, MutableReadCap _, MutableVerifyCap _, DirectoryCap _ -> {}
    }
    capability.index().ifPresent(index -> lines.add(line("storage index", index.text())));
    capability.readOnly().ifPresent(read -> lines.add(line("read cap", read.reveal())));
    capability.verifyOnly().ifPresent(verify -> lines.add(line("verify cap", verify.reveal())));
    return lines;
  }

  private static String kind(Capability node, String noun) {
    return switch (node) {
      case ReadCap _ -> "immutable %s: reads".formatted(noun);
      case VerifyCap _ -> "immutable %s: checks and repairs".formatted(noun);
      case LiteralCap _ -> "immutable %s held by the capability itself: reads".formatted(noun);
      case MutableWriteCap cap -> "mutable %s, %s: reads and writes".formatted(noun, cap.format());
      case MutableReadCap cap -> "mutable %s, %s: reads".formatted(noun, cap.format());
      case MutableVerifyCap cap ->
          "mutable %s, %s: checks and repairs".formatted(noun, cap.format());
      case DirectoryCap _ -> throw new IllegalStateException("a directory is held by a file");
    };
  }

  private static void encoding(List<String> lines, int needed, int total, long size) {
    lines.add(line("k (needed)", needed));
    lines.add(line("n (total)", total));
    lines.add(size(size));
  }

  private static String size(long bytes) {
    String exact = bytes == 1 ? "1 byte" : bytes + " bytes";
    return line("size", bytes < 1024 ? exact : exact + " (" + ByteCount.text(bytes) + ")");
  }

  private static String line(String name, Object value) {
    return "%-14s %s".formatted(name, value);
  }
}
