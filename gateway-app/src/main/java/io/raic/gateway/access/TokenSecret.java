package io.raic.gateway.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.bytes.Base32;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tokens themselves: {@code raic_} and 256 random bits as base 32. Because they are random, a
 * single SHA-256 keeps them: nobody guesses them, however quickly.
 */
final class TokenSecret {
  /** What all of them begin with, so that a scanner of leaked secrets knows them. */
  static final String PREFIX = "raic_";

  private static final int BYTES = 32;
  private static final Pattern SHAPE = Pattern.compile(PREFIX + "[a-z2-7]{52}");

  private TokenSecret() {}

  static String random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base32.encode(bytes);
  }

  /** Returns the hash of a token, or nothing if {@code given} cannot be one. */
  static Optional<String> hash(String given) {
    if (!SHAPE.matcher(given).matches()) {
      return Optional.empty();
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(given.getBytes(US_ASCII));
      return Optional.of(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Compares two hashes in a time that does not tell where they differ. */
  static boolean sameHash(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(US_ASCII), other.getBytes(US_ASCII));
  }
}
