package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import org.jspecify.annotations.Nullable;

/**
 * The ETag of an object, which changes with its bytes; without its quotes, which some servers leave
 * out here and there.
 */
final class S3Tag {
  private static final int MAX_CHARACTERS = 256;

  private S3Tag() {}

  /**
   * Returns what an answer says.
   *
   * @throws BackendException.Corrupt if that is none
   */
  static VersionToken of(Request request, @Nullable String said) {
    String tag = said == null ? "" : said.replace("\"", "");
    if (tag.isBlank() || tag.length() > MAX_CHARACTERS) {
      throw new BackendException.Corrupt(request, "the answer has no ETag");
    }
    return new VersionToken(tag);
  }

  /** Says whether a token can stand in a header; no other one was ever given out. */
  static boolean canBeSent(VersionToken version) {
    return version.text().matches("[!#-~]{1,%d}".formatted(MAX_CHARACTERS));
  }
}
