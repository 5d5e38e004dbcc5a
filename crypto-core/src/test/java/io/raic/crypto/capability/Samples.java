package io.raic.crypto.capability;

import java.util.List;

/** One capability of every kind. */
final class Samples {
  static final String KEY = "hah7mxwfpqemm7icdh3hwsa5fa";
  static final String HASH = "6epvxt2uxh42obpnfn4wkrplqml7voh7aqpnqnapu7ffcyn2hk3q";

  /** Kinds that only read, and those that only verify, what cannot change. */
  static final List<String> IMMUTABLE =
      List.of(
          "URI:CHK:" + KEY + ":" + HASH + ":3:10:56",
          "URI:CHK-Verifier:" + KEY + ":" + HASH + ":3:10:56",
          "URI:LIT:krugkidfnzsc4",
          "URI:DIR2-CHK:" + KEY + ":" + HASH + ":3:10:56",
          "URI:DIR2-CHK-Verifier:" + KEY + ":" + HASH + ":3:10:56",
          "URI:DIR2-LIT:krugkidfnzsc4");

  static final List<String> MUTABLE_READ_ONLY =
      List.of(
          "URI:SSK-RO:" + KEY + ":" + HASH,
          "URI:SSK-Verifier:" + KEY + ":" + HASH,
          "URI:MDMF-RO:" + KEY + ":" + HASH,
          "URI:MDMF-Verifier:" + KEY + ":" + HASH,
          "URI:DIR2-RO:" + KEY + ":" + HASH,
          "URI:DIR2-Verifier:" + KEY + ":" + HASH,
          "URI:DIR2-MDMF-RO:" + KEY + ":" + HASH,
          "URI:DIR2-MDMF-Verifier:" + KEY + ":" + HASH);

  static final List<String> WRITE =
      List.of(
          "URI:SSK:" + KEY + ":" + HASH,
          "URI:MDMF:" + KEY + ":" + HASH,
          "URI:DIR2:" + KEY + ":" + HASH,
          "URI:DIR2-MDMF:" + KEY + ":" + HASH);

  private Samples() {}
}
