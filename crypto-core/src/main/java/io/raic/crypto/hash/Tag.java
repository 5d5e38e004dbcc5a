package io.raic.crypto.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Netstring;

/** The purposes a hash can have; no two purposes ever hash the same bytes (format §1.4). */
public enum Tag {
  /** Immutable key to storage index. */
  STORAGE_INDEX("allmydata_immutable_key_to_storage_index_v1"),
  /** One block of a share. */
  BLOCK("allmydata_encoded_subshare_v1"),
  /** The URI extension block. */
  URI_EXTENSION("allmydata_uri_extension_v1"),
  /** The whole ciphertext. */
  CRYPTTEXT("allmydata_crypttext_v1"),
  /** One segment of the ciphertext, without padding. */
  CRYPTTEXT_SEGMENT("allmydata_crypttext_segment_v1"),
  /** A leaf of a Merkle tree that stands for nothing. */
  EMPTY_LEAF("Merkle tree empty leaf"),
  /** An inner node of a Merkle tree; a pair hash. */
  INNER_NODE("Merkle tree internal node"),
  /** RSA private key to write key. */
  WRITE_KEY("allmydata_mutable_privkey_to_writekey_v1"),
  /** Write key to read key. */
  READ_KEY("allmydata_mutable_writekey_to_readkey_v1"),
  /** Read key to the storage index of a mutable file. */
  MUTABLE_STORAGE_INDEX("allmydata_mutable_readkey_to_storage_index_v1"),
  /** RSA public key to fingerprint. */
  FINGERPRINT("allmydata_mutable_pubkey_to_fingerprint_v1");

  @SuppressWarnings("ImmutableEnumChecker") // Nobody in this package writes to it.
  private final byte[] prefix;

  Tag(String text) {
    this.prefix = Netstring.of(text.getBytes(US_ASCII));
  }

  /**
   * Returns the netstring of the tag, with which every input of this purpose begins: less than a
   * block of SHA-256. Not a copy.
   */
  byte[] prefix() {
    return prefix;
  }
}
