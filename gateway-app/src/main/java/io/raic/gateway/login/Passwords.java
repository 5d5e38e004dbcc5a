package io.raic.gateway.login;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes of passwords: Argon2id with the parameters that OWASP recommends, 19 MiB and two passes.
 * At most {@link #AT_ONCE} are computed at once.
 */
public final class Passwords {
  /** Of a password that a person chooses. */
  static final int MIN_CHARACTERS = 12;

  static final int MAX_CHARACTERS = 256;

  /** Each takes 19 MiB for as long as it takes. */
  private static final int AT_ONCE = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;

  /** No letter or digit that looks like another one. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP_LETTERS = 5;

  /** Fits no password, and takes as long to find out as any. */
  private static final String NOBODY =
      "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
          .formatted(MEMORY_KIB, PASSES, "A".repeat(22), "A".repeat(43));

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, MEMORY_KIB, PASSES);
  private final Semaphore turns = new Semaphore(AT_ONCE, true);
  private final SecureRandom random = new SecureRandom();

  /** The machine hashes other passwords; nothing was decided. */
  static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusyException() {
      super("too many logins at once: try again");
    }
  }

  /**
   * Returns the hash of a password.
   *
   * @throws BusyException if there was no turn for 10 seconds
   */
  String hash(String password) {
    return inTurn(() -> String.valueOf(argon2.encode(password)));
  }

  /**
   * Says whether {@code hash} is that of {@code password}.
   *
   * @throws BusyException if there was no turn for 10 seconds
   */
  boolean matches(String password, String hash) {
    return password.length() <= MAX_CHARACTERS && inTurn(() -> argon2.matches(password, hash));
  }

  /** Takes as long as {@link #matches}, so that nobody learns which users there are. */
  void matchNobody(String password) {
    var _ = matches(password, NOBODY);
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BusyException();
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  /** Returns a password nobody can guess: 123 bits, in groups that can be typed. */
  String random() {
    var password = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_LETTERS; i++) {
      if (i > 0 && i % GROUP_LETTERS == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /**
   * Checks a password that the user {@code name} chose.
   *
   * @throws IllegalArgumentException if it will not do; the message does not show it
   */
  static void require(String name, String password) {
    if (password.length() < MIN_CHARACTERS || password.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a password has %d to %d characters".formatted(MIN_CHARACTERS, MAX_CHARACTERS));
    }
    if (password.equalsIgnoreCase(name) || password.chars().distinct().count() < 5) {
      throw new IllegalArgumentException("the password is too easy to guess");
    }
  }
}
