package io.raic.cloud.s3;

import static io.raic.cloud.contract.StoreUse.bytes;
import static io.raic.cloud.contract.StoreUse.put;
import static io.raic.cloud.contract.StoreUse.read;
import static io.raic.cloud.contract.StoreUse.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.cloud.registry.Backends;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.wire.FaultProxy;
import io.raic.cloud.wire.WireFault;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What uploads leave behind, and what is known of a write whose answer was lost. */
class S3UploadsTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  enum Kind {
    S3_PROXY,
    RADOS_GATEWAY;

    S3Server server() {
      return this == S3_PROXY ? S3Server.s3Proxy() : S3Server.radosGateway();
    }
  }

  private static CloudBackend open(java.util.Map<String, String> settings) {
    return Backends.open(Driver.S3, "test", settings);
  }

  /** Counts the uploads below a store's prefix that are neither complete nor aborted. */
  private static long unfinished(S3Server server, String prefix) {
    var key = AwsBasicCredentials.create(server.accessKey(), server.secretKey());
    try (var s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .build()) {
      return s3.listMultipartUploads(b -> b.bucket(server.bucket())).uploads().stream()
          .filter(upload -> upload.key().startsWith(prefix))
          .count();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anUploadInPartsThatIsAbandonedLeavesNothing(Kind kind) {
    var server = kind.server();
    var settings = server.settings();
    String prefix = java.util.Objects.requireNonNull(settings.get("prefix"));
    try (var store = open(settings)) {
      store.probe(soon());
      assertThat(unfinished(server, prefix)).isZero();
      byte[] part = bytes(1, S3Backend.PART_BYTES + 1);
      try (var upload = store.begin(KEY, 2L * part.length, Precondition.none(), soon())) {
        upload.write(part, 0, part.length);
        assertThat(unfinished(server, prefix)).isEqualTo(1);
        Thread.currentThread().interrupt();
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(unfinished(server, prefix)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anUploadInPartsThatIsRefusedAtItsEndLeavesNothing(Kind kind) {
    var server = kind.server();
    var settings = server.settings();
    String prefix = java.util.Objects.requireNonNull(settings.get("prefix"));
    try (var store = open(settings)) {
      put(store, KEY, bytes(1, 10));
      byte[] bytes = bytes(1, S3Backend.PART_BYTES + 1);
      assertThatThrownBy(() -> put(store, KEY, bytes, Precondition.absent()))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(unfinished(server, prefix)).isZero();
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(1, 10));
    }
  }

  @Test
  void aWriteWhoseAnswerWasLostIsKnownByItsId() throws InterruptedException, ExecutionException {
    int size = 10;
    var server = S3Server.s3Proxy();
    try (var proxy = new FaultProxy(server.address())) {
      var settings = server.settings(proxy.address());
      try (var store = open(settings);
          var direct = open(server.settings(server.address(), settings))) {
        store.probe(soon());
        direct.probe(soon());
        var upload = store.begin(KEY, size, Precondition.absent(), soon());
        upload.write(bytes(1, size), 0, size);
        proxy.set(new WireFault.ResetAnswer(0));
        var commit = new FutureTask<ObjectInfo>(upload::commit);
        Thread.ofVirtual().start(commit);
        while (direct.stat(KEY, soon()).isEmpty() && !commit.isDone()) {
          Thread.onSpinWait();
        }
        proxy.clear();
        assertThat(direct.stat(KEY, soon())).contains(commit.get());
        assertThat(read(direct, KEY).orElseThrow()).isEqualTo(bytes(1, size));
        upload.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "S3_PROXY, full, true, true",
    "S3_PROXY, create-only, true, false",
    "S3_PROXY, none, false, false",
    "RADOS_GATEWAY, full, false, false"
  })
  void aServersAbilitiesAreFoundOutAndNotBelievedBeyondTheSetting(
      Kind kind, String believed, boolean createOnly, boolean replaceIfMatches) {
    var settings = kind.server().settings();
    settings.put("conditional-writes", believed);
    try (var store = open(settings)) {
      assertThat(store.traits().createOnly()).isFalse();
      assertThat(store.traits().replaceIfMatches()).isFalse();
      store.probe(soon());
      assertThat(store.traits().createOnly()).isEqualTo(createOnly);
      assertThat(store.traits().replaceIfMatches()).isEqualTo(replaceIfMatches);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aPreconditionThatNobodyKeepsIsLookedAtAllTheSame(Kind kind) {
    try (var store = open(kind.server().settings())) {
      var first = put(store, KEY, bytes(1, 10), Precondition.absent());
      put(store, KEY, bytes(2, 10), new Precondition.Matches(first.version()));
      assertThatThrownBy(
              () -> put(store, KEY, bytes(3, 10), new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      byte[] two = bytes(3, S3Backend.PART_BYTES + 1);
      assertThatThrownBy(() -> put(store, KEY, two, new Precondition.Matches(first.version())))
          .isInstanceOf(BackendException.PreconditionFailed.class);
      assertThat(read(store, KEY).orElseThrow()).isEqualTo(bytes(2, 10));
    }
  }

  @Test
  void partsGrowOnlyWhereThereWouldBeTooMany() {
    assertThat(S3Backend.PARTS.bytesFor(0)).isEqualTo(5 << 20);
    assertThat(S3Backend.PARTS.bytesFor(10_000L * (5 << 20))).isEqualTo(5 << 20);
    assertThat(S3Backend.PARTS.bytesFor(10_000L * (5 << 20) + 1)).isEqualTo((5 << 20) + 1);
    assertThat(S3Backend.PARTS.bytesFor(10_000L * (64 << 20))).isEqualTo(64 << 20);
  }
}
