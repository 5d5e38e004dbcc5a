package io.raic.cloud.swift;

import io.raic.cloud.VersionToken;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one write. It travels in the content type, because that alone of what a writer says comes
 * back in a listing as well as with the object: so writer, reader and listing know the same version
 * without asking twice, and a write whose answer was lost is recognised.
 *
 * @param text 22 letters, digits, dashes and underscores
 */
record WriteId(String text) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 16;
  private static final String BEFORE = "application/octet-stream;raic-write=";
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*raic-write=([A-Za-z0-9_-]{22})\\s*(;|$)");

  static WriteId random() {
    var bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new WriteId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Finds the id in a content type; empty if somebody else wrote the object. */
  static Optional<WriteId> in(String contentType) {
    var matcher = PARAMETER.matcher(contentType);
    return matcher.find() ? Optional.of(new WriteId(matcher.group(1))) : Optional.empty();
  }

  String contentType() {
    return BEFORE + text;
  }

  VersionToken version() {
    return new VersionToken(text);
  }
}
