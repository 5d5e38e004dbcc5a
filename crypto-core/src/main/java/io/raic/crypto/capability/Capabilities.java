package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import io.raic.crypto.bytes.Bytes;
import io.raic.crypto.bytes.Secret;
import io.raic.crypto.cipher.FileKey;

/** Reads capability strings, strictly: what is not exactly one of format §2 is refused. */
public final class Capabilities {
  /** A longer string is refused unread; the longest sensible ones are literals. */
  public static final int MAX_CHARACTERS = 1 << 16;

  private static final String READ_ONLY = "ro.";
  private static final String IMMUTABLE = "imm.";

  private Capabilities() {}

  /**
   * Reads {@code text}, which may begin with {@code ro.} or {@code imm.} and end with one newline.
   *
   * @throws IllegalArgumentException if it is no capability, or a stronger one than its prefix
   *     alleges; the message says where it is wrong, and quotes none of it
   */
  public static Capability parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a capability has at most %d characters".formatted(MAX_CHARACTERS));
    }
    String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (line.startsWith(READ_ONLY)) {
      return alleged(parseBare(line.substring(READ_ONLY.length())), READ_ONLY);
    }
    if (line.startsWith(IMMUTABLE)) {
      return alleged(parseBare(line.substring(IMMUTABLE.length())), IMMUTABLE);
    }
    return parseBare(line);
  }

  private static Capability alleged(Capability capability, String prefix) {
    var node = capability instanceof DirectoryCap directory ? directory.node() : capability;
    boolean tooStrong =
        switch (node) {
          case MutableWriteCap _ -> true;
          case MutableReadCap _, MutableVerifyCap _ -> prefix.equals(IMMUTABLE);
          case ReadCap _, VerifyCap _, LiteralCap _, DirectoryCap _ -> false;
        };
    if (tooStrong) {
      throw new IllegalArgumentException(
          "the capability is of kind %s, stronger than %s says".formatted(node.kind(), prefix));
    }
    return capability;
  }

  private static Capability parseBare(String text) {
    int kindEnd = text.startsWith("URI:") ? text.indexOf(':', 4) : -1;
    if (kindEnd < 0) {
      throw new IllegalArgumentException("a capability begins with URI: and its kind");
    }
    String kind = text.substring(0, kindEnd);
    var body = new Fields(kind, text.substring(kindEnd + 1));
    return switch (kind) {
      case "URI:CHK" -> readCap(body);
      case "URI:CHK-Verifier" -> verifyCap(body);
      case "URI:LIT" -> literal(body);
      case "URI:SSK", "URI:MDMF" -> mutableWrite(format(kind), body);
      case "URI:SSK-RO", "URI:MDMF-RO" -> mutableRead(format(kind), body);
      case "URI:SSK-Verifier", "URI:MDMF-Verifier" -> mutableVerify(format(kind), body);
      case "URI:DIR2", "URI:DIR2-MDMF" -> new DirectoryCap(mutableWrite(format(kind), body));
      case "URI:DIR2-RO", "URI:DIR2-MDMF-RO" -> new DirectoryCap(mutableRead(format(kind), body));
      case "URI:DIR2-Verifier", "URI:DIR2-MDMF-Verifier" ->
          new DirectoryCap(mutableVerify(format(kind), body));
      case "URI:DIR2-CHK" -> new DirectoryCap(readCap(body));
      case "URI:DIR2-CHK-Verifier" -> new DirectoryCap(verifyCap(body));
      case "URI:DIR2-LIT" -> new DirectoryCap(literal(body));
      default -> throw new IllegalArgumentException("no known kind of capability");
    };
  }

  private static MutableFormat format(String kind) {
    return kind.contains("MDMF") ? MutableFormat.MDMF : MutableFormat.SDMF;
  }

  private static ReadCap readCap(Fields body) {
    body.requireExactly(5);
    return new ReadCap(
        FileKey.of(body.base32(0, FileKey.LENGTH)),
        Bytes.copyOf(body.base32(1, 32)),
        body.count(2),
        body.count(3),
        body.size(4));
  }

  private static VerifyCap verifyCap(Fields body) {
    // Other writers of the format ignore what follows the size of a verify cap.
    body.requireAtLeast(5);
    return new VerifyCap(
        new StorageIndex(Bytes.copyOf(body.base32(0, StorageIndex.LENGTH))),
        Bytes.copyOf(body.base32(1, 32)),
        body.count(2),
        body.count(3),
        body.leadingSize(4));
  }

  private static LiteralCap literal(Fields body) {
    body.requireExactly(1);
    try {
      return new LiteralCap(Bytes.copyOf(Base32.decode(body.text(0))));
    } catch (IllegalArgumentException e) {
      throw body.wrong(0, e);
    }
  }

  private static MutableWriteCap mutableWrite(MutableFormat format, Fields body) {
    return new MutableWriteCap(format, key(format, body), fingerprint(body));
  }

  private static MutableReadCap mutableRead(MutableFormat format, Fields body) {
    return new MutableReadCap(format, key(format, body), fingerprint(body));
  }

  private static MutableVerifyCap mutableVerify(MutableFormat format, Fields body) {
    requireFields(format, body);
    var index = new StorageIndex(Bytes.copyOf(body.base32(0, StorageIndex.LENGTH)));
    return new MutableVerifyCap(format, index, fingerprint(body));
  }

  private static Secret key(MutableFormat format, Fields body) {
    requireFields(format, body);
    return Secret.copyOf(body.base32(0, MutableReadCap.KEY_LENGTH));
  }

  private static void requireFields(MutableFormat format, Fields body) {
    switch (format) {
      case SDMF -> body.requireExactly(2);
      // Old MDMF capabilities carry hints after the fingerprint; they mean nothing any more.
      case MDMF -> body.requireAtLeast(2);
    }
  }

  private static Bytes fingerprint(Fields body) {
    return Bytes.copyOf(body.base32(1, 32));
  }
}
