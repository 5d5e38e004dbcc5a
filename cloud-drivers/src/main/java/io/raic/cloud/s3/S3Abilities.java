package io.raic.cloud.s3;

/**
 * What a server does, as it was seen to do, not as it says: servers of this protocol ignore what
 * they do not know.
 *
 * @param createsOnly whether it keeps {@code If-None-Match: *} when an object is written
 * @param createsOnlyInParts whether it does when an upload in parts is completed
 * @param replaces whether it keeps {@code If-Match} when an object is written
 * @param replacesInParts whether it does when an upload in parts is completed
 * @param quotes whether it wants an ETag with quotes there
 * @param deletesWhatIsThere whether it keeps {@code If-Match: *} when an object is removed
 * @param sum what it checks the bytes of a request with
 */
record S3Abilities(
    boolean createsOnly,
    boolean createsOnlyInParts,
    boolean replaces,
    boolean replacesInParts,
    boolean quotes,
    boolean deletesWhatIsThere,
    Sum sum) {
  /** How the bytes of a request are protected on their way. */
  enum Sum {
    /** A header with their CRC-32C, computed by the processor at many GB/s. */
    CRC32C,
    /** A header with their MD5, which every server checks and which costs more than sending. */
    MD5,
    /** By nothing of ours; TLS does it where there is any. */
    NONE
  }

  /** Returns an ETag in the form that the server wants. */
  String condition(String tag) {
    return quotes ? '"' + tag + '"' : tag;
  }
}
