package io.raic.cloud.box;

import com.box.sdkgen.box.oauth.BoxOAuth;
import com.box.sdkgen.box.oauth.OAuthConfig;
import com.box.sdkgen.box.tokenstorage.InMemoryTokenStorage;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.accesstoken.AccessToken;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tokens by a refresh token, which Box takes once and answers with the next one.
 *
 * <p>Two users of one refresh token would lock each other out, so it lives in a file, and is used
 * under a lock on another file next to it. Whoever gets the lock looks first whether another
 * process has renewed the tokens already, and then uses those. A refresh that has begun goes on
 * when its caller gives up: Box may have taken the old token, and its answer is the only way to the
 * new one.
 */
final class RefreshGrant implements BoxTokens.Grant {
  /** How long a refresh token lives that is not used. */
  private static final Duration LIFE = Duration.ofDays(60);

  /** How long a refresh may take that nobody waits for any more. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final NetworkSession session;
  private final String clientId;
  private final Secret clientSecret;
  private final TokenFile file;

  RefreshGrant(NetworkSession session, String clientId, Secret clientSecret, TokenFile file) {
    this.session = session;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.file = file;
  }

  @Override
  public Optional<Instant> end() {
    try {
      return file.read().obtained().map(obtained -> obtained.plus(LIFE));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  @Override
  public BoxTokens.Token grant(BoxCall call, Optional<BoxTokens.Token> refused) {
    var patient =
        new BoxCall(call.request(), Deadline.in(PATIENCE), Optional.empty(), BoxCall.UNHEARD);
    var work = new FutureTask<>(() -> newest(patient, refused));
    Thread.ofVirtual().start(work);
    try {
      return work.get(Math.max(1, call.deadline().remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(call.request(), "interrupted");
    } catch (TimeoutException _) {
      throw new BackendException.Unavailable(call.request(), "no token in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(e);
    }
  }

  private BoxTokens.Token newest(BoxCall call, Optional<BoxTokens.Token> refused) {
    try (var channel =
            FileChannel.open(
                file.lockPath(),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                TokenFile.rights(file.lockPath()));
        var _ = lock(channel, call)) {
      var content = file.read();
      var there = content.access().filter(BoxTokens.Token::isFresh);
      boolean isNews =
          there.isPresent()
              && refused.stream()
                  .noneMatch(r -> r.secret().reveal().equals(there.get().secret().reveal()));
      return isNews ? there.get() : refresh(call, content.refresh());
    } catch (IOException e) {
      throw new BackendException.AccessDenied(
          call.request(),
          "the token file %s cannot be used (%s)"
              .formatted(file.path().getFileName(), e.getClass().getSimpleName()));
    }
  }

  private BoxTokens.Token refresh(BoxCall call, Secret token) throws IOException {
    String secret = BoxGrants.reveal(clientSecret, call.request());
    try (var room = file.room()) {
      var storage = new InMemoryTokenStorage();
      storage.store(new AccessToken.Builder().refreshToken(token.reveal()).build());
      var auth =
          new BoxOAuth(new OAuthConfig.Builder(clientId, secret).tokenStorage(storage).build());
      var answer = call.run(() -> auth.refreshToken(session));
      var next = Optional.ofNullable(answer.getRefreshToken()).filter(BoxGrants::isToken);
      var access = call.run(() -> BoxGrants.token(answer));
      room.fill(next.map(Secret::of).orElse(token), Instant.now(), access);
      return access;
    }
  }

  private static FileLock lock(FileChannel channel, BoxCall call) throws IOException {
    while (true) {
      try {
        var lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException _) {
        // Another store of this process has it.
      }
      if (call.deadline().isOver()) {
        throw new BackendException.Unavailable(
            call.request(), "another process holds the token file");
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new BackendException.Unavailable(call.request(), "interrupted");
      }
    }
  }
}
