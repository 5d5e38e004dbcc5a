package io.raic.cloud.s3;

import static io.raic.cloud.contract.StoreUse.keys;
import static io.raic.cloud.contract.StoreUse.list;
import static io.raic.cloud.contract.StoreUse.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is made of answers that no server of the tests gives. */
class S3AnswersTest {
  private static final ObjectKey KEY = ObjectKey.of("a");

  @Test
  void anObjectWithoutATagKeepsNoConnection() {
    String body = "x".repeat(1 << 16);
    try (var fake = new FakeS3((_, _) -> new FakeS3.Answer(200, Map.of(), body));
        var store = fake.open()) {
      for (int i = 0; i <= S3Wire.MAX_CONNECTIONS; i++) {
        assertThatThrownBy(() -> read(store, KEY))
            .isInstanceOf(BackendException.Corrupt.class)
            .hasMessageContaining("no ETag");
      }
    }
  }

  @Test
  void anObjectOfALengthThatIsNotToldIsRefused() {
    var headers = Map.of("ETag", "\"t\"", "Transfer-Encoding", "chunked");
    try (var fake = new FakeS3((_, _) -> new FakeS3.Answer(200, headers, "0123456789"));
        var store = fake.open()) {
      assertThatThrownBy(() -> read(store, KEY)).isInstanceOf(BackendException.Corrupt.class);
    }
  }

  /** Lists names in this order, as many at a time as it is asked for. */
  private static FakeS3 listing(String... names) {
    return new FakeS3((asked, _) -> page(asked, List.of(names)));
  }

  private static FakeS3.Answer page(FakeS3.Asked asked, List<String> names) {
    var query =
        Stream.of(asked.query().split("&"))
            .map(word -> word.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    int from = Optional.ofNullable(query.get("start-after")).map(names::indexOf).orElse(-1) + 1;
    int to = Math.min(names.size(), from + Integer.parseInt(query.getOrDefault("max-keys", "")));
    var body = new StringBuilder("<ListBucketResult>");
    for (String name : names.subList(from, to)) {
      body.append("<Contents><Key>%s</Key><Size>1</Size><ETag>t</ETag></Contents>".formatted(name));
    }
    body.append("<IsTruncated>%s</IsTruncated>".formatted(to < names.size()));
    return new FakeS3.Answer(200, Map.of(), body + "</ListBucketResult>");
  }

  @Test
  void namesThatAreNoKeysAreListedInAnyOrderAndLeftOut() {
    try (var fake = listing("raic/", "raic/a", "raic/b", "raic/\uFB00", "raic/\uD83D\uDE00");
        var store = fake.open()) {
      for (int limit = 1; limit <= 6; limit++) {
        var found = new ArrayList<String>();
        list(store, "", limit).forEach(info -> found.add(info.key().text()));
        assertThat(found).containsExactly("a", "b");
      }
    }
  }

  @Test
  void keysThatAreOutOfOrderAreRefused() {
    try (var fake = listing("raic/b", "raic/\uFB00", "raic/a");
        var store = fake.open()) {
      assertThatThrownBy(() -> keys(store, "")).isInstanceOf(BackendException.Corrupt.class);
    }
  }

  @Test
  void aNameOfSomewhereElseIsRefused() {
    try (var fake = listing("z");
        var store = fake.open()) {
      assertThatThrownBy(() -> keys(store, "")).isInstanceOf(BackendException.Corrupt.class);
    }
  }

  @Test
  void aBucketThatWasThereOnceIsLookedForAgain() {
    var isGone = new AtomicBoolean();
    var now = new AtomicLong();
    var place = new S3Place(Optional.empty(), "us-east-1", "bucket", "raic/");
    var heads = new S3Heads(place, now::get);
    var request = Request.of("test", Operation.STAT);
    var anybody = AwsBasicCredentials.create("anybody", "of-nobody-at-all");
    FakeS3.Fault gone =
        (asked, server) ->
            isGone.get() && asked.isFor("GET", "")
                ? FakeS3.Answer.error(404, "NoSuchBucket")
                : server.get();
    try (var fake = new FakeS3(gone);
        var s3 =
            S3Client.builder()
                .endpointOverride(java.net.URI.create(fake.endpoint()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(anybody))
                .build()) {
      assertThat(heads.find(s3, request, KEY)).isEmpty();
      isGone.set(true);
      assertThat(heads.find(s3, request, KEY)).isEmpty();
      now.addAndGet(60_000_000_000L);
      assertThatThrownBy(() -> heads.find(s3, request, KEY)).isInstanceOf(S3Exception.class);
    }
  }
}
