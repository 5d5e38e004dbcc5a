package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import io.raic.crypto.bytes.Base32;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** The codes that an authenticator shows: RFC 6238, six digits, SHA-1, every 30 seconds. */
final class TimeCodes {
  static final Duration STEP = Duration.ofSeconds(30);

  /** As many as the hash has; RFC 4226 recommends it. */
  private static final int SECRET_BYTES = 20;

  /** A clock may be wrong by this many, and typing takes time. */
  private static final int STEPS_AROUND = 1;

  private TimeCodes() {}

  /** Returns a new secret, as authenticators take it. */
  static String newSecret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return Base32.encode(secret).toUpperCase(Locale.ROOT);
  }

  /** Returns the address that authenticators read, as text or as a picture of it. */
  static String address(String name, String secret) {
    return "otpauth://totp/RAIC:%s?secret=%s&issuer=RAIC".formatted(name, secret);
  }

  /** Returns the step whose code {@code code} is, if it is one of those around {@code now}. */
  static OptionalLong stepOf(String secret, String code, Instant now) {
    long middle = now.getEpochSecond() / STEP.toSeconds();
    for (long step = middle - STEPS_AROUND; step <= middle + STEPS_AROUND; step++) {
      byte[] right = code(secret, Instant.ofEpochSecond(step * STEP.toSeconds())).getBytes(UTF_8);
      if (MessageDigest.isEqual(right, code.getBytes(UTF_8))) {
        return OptionalLong.of(step);
      }
    }
    return OptionalLong.empty();
  }

  /** Returns the code at {@code time}. */
  static String code(String secret, Instant time) {
    var key = new SecretKeySpec(Base32.decode(secret.toLowerCase(Locale.ROOT)), "HmacSHA1");
    try {
      return new TimeBasedOneTimePasswordGenerator(STEP)
          .generateOneTimePasswordString(key, time, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("no key of HMAC", e);
    }
  }
}
