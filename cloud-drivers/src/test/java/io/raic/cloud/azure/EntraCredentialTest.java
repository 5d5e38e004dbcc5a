package io.raic.cloud.azure;

import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.CredentialUnavailableException;
import io.raic.cloud.BackendException.AccessDenied;
import io.raic.cloud.BackendException.Unavailable;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.azure.FakeAzure.Answer;
import io.raic.cloud.contract.Racers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class EntraCredentialTest {
  private static final ObjectKey KEY = ObjectKey.of("a");
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Answer THERE =
      new Answer(200, Map.of("etag", "\"0x1\"", "content-length", "3"), "");

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final InstantSource clock = time::get;

  /** Makes credentials that ask {@code tokens} for one. */
  private static EntraCredential.Source source(Supplier<AccessToken> tokens) {
    TokenCredential credential = _ -> Mono.fromSupplier(tokens);
    return () -> credential;
  }

  /** Returns t1, t2 and so on, each good for an hour. */
  private AccessToken next() {
    return new AccessToken(
        "t" + count.incrementAndGet(), time.get().plusSeconds(3600).atOffset(ZoneOffset.UTC));
  }

  private static FakeAzure takes(AtomicReference<String> token) {
    return new FakeAzure(asked ->
        asked.authorization().equals("Bearer " + token.get())
            ? THERE
            : Answer.error(401, "InvalidAuthenticationInfo"));
  }

  private static void assertWorks(CloudBackend store) {
    assertThat(store.stat(KEY, soon())).isPresent();
  }

  @Test
  void aTokenIsAskedForOnceAndUsedUntilItNearlyEnds() throws InterruptedException {
    var good = new AtomicReference<>("t1");
    try (var azure = takes(good);
        var store = azure.openWithTokens(source(this::next), clock)) {
      Racers.race(
          16,
          _ -> {
            assertWorks(store);
            return true;
          });
      time.set(NOW.plusSeconds(3600).minus(EntraCredential.EARLY).minusSeconds(1));
      assertWorks(store);
      assertThat(count).hasValue(1);
    }
  }

  @Test
  void aTokenThatNoHeaderCanHoldIsDeniedAndNotTold() {
    var broken = new AccessToken("secret\ntoken", NOW.plusSeconds(3600).atOffset(ZoneOffset.UTC));
    try (var azure = takes(new AtomicReference<>("t1"));
        var store = azure.openWithTokens(source(() -> broken), clock)) {
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("the credential does not fit into a request")
          .hasMessageNotContaining("secret")
          .hasNoCause();
    }
  }

  @Test
  void aTokenIsRenewedBeforeItEndsWhileTheOldOneIsUsed() {
    var go = new CountDownLatch(1);
    var good = new AtomicReference<>("t1");
    var renewing =
        source(() -> {
          if (count.get() > 0) {
            await(go);
          }
          return next();
        });
    try (var azure = takes(good);
        var store = azure.openWithTokens(renewing, clock)) {
      assertWorks(store);
      // Within EARLY, and so near the end that the request for the next token is not given up as
      // too long under way when the clock is set to the end.
      time.set(NOW.plusSeconds(3600).minusSeconds(60));
      assertWorks(store);
      assertWorks(store);
      go.countDown();
      time.set(NOW.plusSeconds(3600));
      good.set("t2");
      assertWorks(store);
      assertThat(count).hasValue(2);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTokenThatIsRefusedInFlightIsRenewed() {
    var good = new AtomicReference<>("t1");
    try (var azure = takes(good);
        var store = azure.openWithTokens(source(this::next), clock)) {
      assertWorks(store);
      good.set("t2");
      assertWorks(store);
      assertThat(count).hasValue(2);
    }
  }

  @Test
  void aNewTokenThatIsRefusedTooIsDenied() {
    try (var azure = takes(new AtomicReference<>("never"));
        var store = azure.openWithTokens(source(this::next), clock)) {
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining("the token is not one for this account");
      assertThat(azure.asked()).hasSize(2);
    }
  }

  @Test
  void whoWaitsForATokenWaitsNoLongerThanItsDeadline() {
    var go = new CountDownLatch(1);
    var slow =
        source(() -> {
          await(go);
          return next();
        });
    try (var azure = takes(new AtomicReference<>("t1"));
        var store = azure.openWithTokens(slow, clock)) {
      assertThatThrownBy(() -> store.stat(KEY, Deadline.in(Duration.ofMillis(50))))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("no token in time");
      go.countDown();
      assertWorks(store);
      assertThat(count).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AADSTS7000215: Invalid client secret s3cret provided., the client secret is wrong",
    "AADSTS7000222: The provided client secret keys are expired., the client secret has ended",
    "AADSTS700016: Application not found, does not know the client id",
    "AADSTS99999: Something s3cret, Microsoft Entra gives no token (AADSTS99999)"
  })
  void whatEntraRefusesIsDeniedInPlainWords(String said, String words) {
    assertDenied(new ClientAuthenticationException(said, null), words);
  }

  @Test
  void aMachineWithoutAnIdentityIsToldSo() {
    assertDenied(new CredentialUnavailableException("s3cret"), "the machine has no identity");
    assertDenied(new IllegalStateException("cannot read s3cret"), "cannot be read");
  }

  private void assertDenied(RuntimeException thrown, String words) {
    try (var azure = takes(new AtomicReference<>("t1"));
        var store =
            azure.openWithTokens(
                source(() -> {
                  throw thrown;
                }),
                clock)) {
      assertThatThrownBy(() -> store.stat(KEY, soon()))
          .isInstanceOf(AccessDenied.class)
          .hasMessageContaining(words)
          .hasMessageNotContaining("s3cret")
          .hasNoCause();
      assertThat(azure.asked()).isEmpty();
    }
  }

  @Test
  void anEntraThatCannotBeReachedIsTriedAgain() {
    var failing =
        source(() -> {
          if (count.getAndIncrement() == 0) {
            throw new UncheckedIOException(new IOException("s3cret"));
          }
          return new AccessToken("t1", NOW.plusSeconds(3600).atOffset(ZoneOffset.UTC));
        });
    try (var azure = takes(new AtomicReference<>("t1"));
        var store = azure.openWithTokens(failing, clock)) {
      assertWorks(store);
      assertThat(count).hasValue(2);
    }
  }

  @Test
  void whileATokenIsGoodAFailureToRenewItHurtsNobody() {
    var failing =
        source(() -> {
          if (count.get() > 0) {
            throw new UncheckedIOException(new IOException("no network"));
          }
          return next();
        });
    try (var azure = takes(new AtomicReference<>("t1"));
        var store = azure.openWithTokens(failing, clock)) {
      assertWorks(store);
      time.set(NOW.plusSeconds(3600).minus(EntraCredential.EARLY).plusSeconds(1));
      for (int i = 0; i < 20; i++) {
        assertWorks(store);
      }
    }
  }
}
