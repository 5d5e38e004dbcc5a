package io.raic.gateway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Page;
import io.raic.cloud.Precondition;
import io.raic.cloud.Upload;
import io.raic.cloud.VersionToken;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.repair.Health;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An oracle that cannot fail proves nothing: it finds defects that were put there. */
class OracleTest {
  private static final int MOST_SEEDS = 60;

  @TempDir Path directory;

  @BeforeAll
  static void silence() {
    Silence.begin();
  }

  @AfterAll
  static void speak() {
    Silence.end();
  }

  private String firstFailure(UnaryOperator<CloudBackend> stores, UnaryOperator<Engine> engines)
      throws Exception {
    for (int seed = 0; seed < MOST_SEEDS; seed++) {
      var fresh = Files.createDirectory(directory.resolve("seed-" + seed));
      try {
        new Run(seed, fresh, _ -> {}, stores, engines).make();
      } catch (AssertionError e) {
        return String.valueOf(e.getMessage());
      }
    }
    return "nothing was found";
  }

  private String withStores(UnaryOperator<CloudBackend> stores) throws Exception {
    return firstFailure(stores, UnaryOperator.identity());
  }

  private String withEngine(UnaryOperator<Engine> engines) throws Exception {
    return firstFailure(UnaryOperator.identity(), engines);
  }

  /** A store that does something else instead of a commit. */
  private static final class OtherCommit extends DefectiveStore {
    private interface Commit {
      void commit(CloudBackend store, ObjectKey key, Upload upload);
    }

    private final CloudBackend store;
    private final Commit commit;

    OtherCommit(CloudBackend store, Commit commit) {
      super(store);
      this.store = store;
      this.commit = commit;
    }

    @Override
    public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
      var upload = super.begin(key, length, precondition, deadline);
      return new DefectiveUpload(upload) {
        @Override
        public ObjectInfo commit() {
          commit.commit(store, key, upload);
          return new ObjectInfo(key, length, new VersionToken("v"));
        }
      };
    }
  }

  @Test
  void aStoreThatIsGivenTooManySharesIsSeen() throws Exception {
    var deadline = Deadline.in(Duration.ofSeconds(30));
    assertThat(
            withStores(store ->
                new OtherCommit(
                    store,
                    (inner, key, upload) -> {
                      upload.commit();
                      String prefix = Promise.prefixOf(key.text());
                      for (int share = 0; share < 5; share++) {
                        var more = ObjectKey.of(prefix + share);
                        inner.begin(more, 0, Precondition.none(), deadline).commit();
                      }
                    })))
        .contains("has, or is given, shares");
  }

  @Test
  void anAcknowledgementOfWhatIsNotStoredIsSeen() throws Exception {
    assertThat(
            withStores(store ->
                new OtherCommit(
                    store,
                    (_, key, upload) -> {
                      if (key.text().endsWith("1")) {
                        upload.close();
                      } else {
                        upload.commit();
                      }
                    })))
        .contains("shares were acknowledged");
  }

  @Test
  void anAcknowledgementOfMoreThanIsStoredIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public Uploader.Stored upload(
                      InputStream plaintext, OptionalLong length, boolean randomKey)
                      throws IOException {
                    return switch (super.upload(plaintext, length, randomKey)) {
                      case Uploader.Stored.Shared(var cap, var shares) ->
                          new Uploader.Stored.Shared(cap, shares + 1);
                      case Uploader.Stored.Literal literal -> literal;
                    };
                  }
                }))
        .contains("shares were acknowledged");
  }

  @Test
  void aFileThatLacksSharesAndIsNotMendedIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public boolean misses(VerifyCap cap) {
                    return false;
                  }
                }))
        .contains("lacks shares, and nobody knows of it");
  }

  @Test
  void aStoredShareThatTheGatewayRemovesIsSeen() throws Exception {
    var deadline = Deadline.in(Duration.ofSeconds(30));
    assertThat(
            withStores(store ->
                new DefectiveStore(store) {
                  @Override
                  public Page list(
                      String prefix, Optional<String> after, int limit, Deadline ofList) {
                    var page = super.list(prefix, after, limit, ofList);
                    page.objects().forEach(object -> delete(object.key(), deadline));
                    return page;
                  }
                }))
        .contains("was acknowledged and is not safe");
  }

  private static OutputStream spoiling(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] data, int offset, int length) throws IOException {
        byte[] copy = data.clone();
        copy[offset + length - 1] ^= 1;
        out.write(copy, offset, length);
      }
    };
  }

  @Test
  void aWrongBitIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public void download(ReadCap cap, long offset, long length, OutputStream out)
                      throws IOException {
                    super.download(cap, offset, length, spoiling(out));
                  }
                }))
        .contains("wrong bytes came");
  }

  @Test
  void aRangeThatEndsEarlyIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public void download(ReadCap cap, long offset, long length, OutputStream out)
                      throws IOException {
                    super.download(cap, offset, length - 1, out);
                  }
                }))
        .contains("bytes came");
  }

  @Test
  void aReadThatNeedsMoreSharesThanNecessaryIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public void download(ReadCap cap, long offset, long length, OutputStream out)
                      throws IOException {
                    if (check(cap.verifyCap(), false).good().distinctShares() < cap.total()) {
                      throw new IOException("a share is missing");
                    }
                    super.download(cap, offset, length, out);
                  }
                }))
        .contains("failed with shares enough: a share is missing");
  }

  @Test
  void anUploadThatFailsForNothingIsSeen() throws Exception {
    assertThat(
            withStores(store ->
                new OtherCommit(
                    store,
                    (_, key, upload) -> {
                      if (!key.text().endsWith("0") && !key.text().endsWith("1")) {
                        throw new IllegalStateException("no");
                      }
                      upload.commit();
                    })))
        .contains("failed though nothing was wrong");
  }

  @Test
  void garbageThatIsForgottenIsSeen() throws Exception {
    assertThat(
            withStores(store ->
                new DefectiveStore(store) {
                  @Override
                  public boolean delete(ObjectKey key, Deadline deadline) {
                    return true;
                  }
                }))
        .contains("and nobody knows of it");
  }

  @Test
  void aCallThatNeverEndsIsSeen() throws Exception {
    assertThat(
            withStores(store ->
                new DefectiveStore(store) {
                  @Override
                  public boolean delete(ObjectKey key, Deadline deadline) {
                    ((ProviderStore) store)
                        .simulation()
                        .block("what never comes", Simulation.NEVER, false);
                    return true;
                  }
                }))
        .contains("what never comes");
  }

  @Test
  void memoryThatIsNotGivenBackIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public void download(ReadCap cap, long offset, long length, OutputStream out)
                      throws IOException {
                    ((Gateway) engine).open(cap, offset, length).writeTo(out);
                  }
                }))
        .contains("memory of transfers is not free");
  }

  @Test
  void aFileThatIsCalledWholeAndIsNotIsSeen() throws Exception {
    assertThat(
            withEngine(engine ->
                new DefectiveEngine(engine) {
                  @Override
                  public Health check(VerifyCap cap, boolean verify) throws IOException {
                    return new Health(cap, super.check(cap, false).inspection());
                  }
                }))
        .contains("is called good");
  }
}
