package io.raic.crypto.capability;

import java.util.Optional;

/**
 * Does with a directory what {@code node} does with the file that holds its table: the {@code
 * URI:DIR2} kinds (format §2).
 *
 * @param node any capability but that of a directory
 */
public record DirectoryCap(Capability node) implements Capability {
  /** Refuses a directory of a directory. */
  public DirectoryCap {
    if (node instanceof DirectoryCap) {
      throw new IllegalArgumentException("a directory is held by a file");
    }
  }

  @Override
  public String reveal() {
    return kind() + node.reveal().substring(node.kind().length());
  }

  @Override
  public String kind() {
    return switch (node) {
      case MutableWriteCap cap -> mutableKind(cap.format());
      case MutableReadCap cap -> mutableKind(cap.format()) + "-RO";
      case MutableVerifyCap cap -> mutableKind(cap.format()) + "-Verifier";
      case ReadCap _ -> "URI:DIR2-CHK";
      case VerifyCap _ -> "URI:DIR2-CHK-Verifier";
      case LiteralCap _ -> "URI:DIR2-LIT";
      case DirectoryCap _ -> throw new IllegalStateException("refused when it was made");
    };
  }

  private static String mutableKind(MutableFormat format) {
    return switch (format) {
      case SDMF -> "URI:DIR2";
      case MDMF -> "URI:DIR2-MDMF";
    };
  }

  @Override
  public Optional<Capability> readOnly() {
    return node.readOnly().map(DirectoryCap::new);
  }

  @Override
  public Optional<Capability> verifyOnly() {
    return node.verifyOnly().map(DirectoryCap::new);
  }

  @Override
  public Optional<StorageIndex> index() {
    return node.index();
  }

  @Override
  public String toString() {
    return Capability.redacted(this);
  }
}
