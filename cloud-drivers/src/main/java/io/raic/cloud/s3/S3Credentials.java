package io.raic.cloud.s3;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Who the store is used as, from wherever the SDK finds that out.
 *
 * <p>The SDK renews what it can before it ends. A credential that the provider refuses as ended all
 * the same was renewed elsewhere, or its end was not known: {@link #renew} forgets what was kept.
 * For any thread.
 */
final class S3Credentials implements AwsCredentialsProvider, AutoCloseable {
  /** What asks for new ones at every refusal does not ask more often than this. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** That no credentials could be had. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean canRetryHelp;

    Missing(String why, boolean canRetryHelp) {
      super(why);
      this.canRetryHelp = canRetryHelp;
    }

    boolean canRetryHelp() {
      return canRetryHelp;
    }
  }

  private final Supplier<AwsCredentialsProvider> source;
  private final String words;
  private final Optional<Instant> end;
  private AwsCredentialsProvider provider;
  private long renewedNanos = System.nanoTime() - PAUSE.toNanos();

  /**
   * Makes them without asking for any.
   *
   * @param source makes a provider that has nothing kept
   * @param words where they come from, for people
   * @param end when they end for good, as far as somebody said so
   */
  S3Credentials(Supplier<AwsCredentialsProvider> source, String words, Optional<Instant> end) {
    this.source = source;
    this.words = words;
    this.end = end;
    this.provider = source.get();
  }

  Optional<Instant> end() {
    return end;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return provider().resolveCredentials();
    } catch (SdkException e) {
      // Its message says all that was tried, and where; that is too long, and may name a role.
      throw new Missing("no credentials can be had from " + words, e.retryable());
    } catch (IllegalStateException e) {
      throw new Missing(String.valueOf(e.getMessage()), false);
    } catch (IllegalArgumentException _) {
      throw new Missing("the credentials from " + words + " make no sense", false);
    }
  }

  private synchronized AwsCredentialsProvider provider() {
    return provider;
  }

  /** Forgets what was kept, and says so; false if that was done a moment ago. */
  synchronized boolean renew() {
    long now = System.nanoTime();
    if (now - renewedNanos < PAUSE.toNanos()) {
      return false;
    }
    renewedNanos = now;
    closeProvider();
    provider = source.get();
    return true;
  }

  private void closeProvider() {
    if (provider instanceof SdkAutoCloseable closeable) {
      closeable.close();
    }
  }

  @Override
  public synchronized void close() {
    closeProvider();
  }
}
