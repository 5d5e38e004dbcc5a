package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.parts.PartedUpload;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects in a bucket: key {@code a/b} is the object of that name after the prefix.
 *
 * <p>A short object is written in one request, a longer one in parts, of which one is in memory at
 * a time. What the server does with preconditions and checksums is found out before the first
 * object is written, or at the first probe.
 */
public final class S3Backend implements CloudBackend {
  /** Of most objects; the least that S3 takes. */
  static final int PART_BYTES = 5 << 20;

  /** Of the longest objects; an upload takes this much memory at most. */
  private static final int MAX_PART_BYTES = 64 << 20;

  /** What S3 takes. */
  private static final int MAX_PARTS = 10_000;

  static final PartSizes PARTS = new PartSizes(PART_BYTES, MAX_PART_BYTES, MAX_PARTS);

  private static final int MAX_PAGE_OBJECTS = 1000;

  private final String id;
  private final S3Place place;
  private final S3Options options;
  private final boolean isEncrypted;
  private final S3Calls calls;
  private final S3Heads heads;
  private final S3Reader reader;
  private final ReentrantLock trying = new ReentrantLock();
  private volatile Optional<S3Abilities> abilities = Optional.empty();

  S3Backend(String id, S3Place place, S3Options options, boolean isEncrypted, S3Calls calls) {
    this.id = id;
    this.place = place;
    this.options = options;
    this.isEncrypted = isEncrypted;
    this.calls = calls;
    this.heads = new S3Heads(place);
    this.reader = new S3Reader(calls, place, heads);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String location() {
    return place.words();
  }

  @Override
  public Traits traits() {
    var known = abilities;
    boolean believesCreating = options.conditions() != S3Options.Conditions.NONE;
    boolean believesReplacing = options.conditions() == S3Options.Conditions.FULL;
    return new Traits(
        believesCreating && known.filter(S3Abilities::createsOnlyInParts).isPresent(),
        believesReplacing && known.filter(S3Abilities::replacesInParts).isPresent(),
        (long) MAX_PARTS * MAX_PART_BYTES,
        PARTS);
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return calls.credentials().end();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    if (length < 0 || length > traits().maxObjectBytes()) {
      throw new IllegalArgumentException("an object of %d bytes".formatted(length));
    }
    calls.enter(Operation.BEGIN, deadline);
    var known = abilities(deadline);
    var condition = new S3Condition(heads, known, key, precondition);
    var target =
        new S3Target(calls, place, options.storageClass(), known.sum(), key, length, condition);
    return new PartedUpload(id, length, PARTS.bytesFor(length), deadline, target);
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return reader.open(key, range, deadline);
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return calls.run(Operation.STAT, deadline, (s3, request, _) -> heads.find(s3, request, key));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    var listing = new S3Listing(place, prefix, after, Math.min(limit, MAX_PAGE_OBJECTS));
    return calls.run(Operation.LIST, deadline, (s3, request, _) -> listing.page(s3, request));
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    boolean tells = abilities.filter(S3Abilities::deletesWhatIsThere).isPresent();
    var mayBeDone = new AtomicBoolean();
    return calls.run(
        Operation.DELETE,
        deadline,
        (s3, request, _) -> {
          if (!tells && !mayBeDone.get() && heads.find(s3, request, key).isEmpty()) {
            return false;
          }
          try {
            s3.deleteObject(b -> {
              b.bucket(place.bucket()).key(place.name(key));
              if (tells) {
                b.ifMatch("*");
              }
            });
            return true;
          } catch (SdkException e) {
            if (e instanceof S3Exception no && (S3Errors.isAbsent(no) || no.statusCode() == 412)) {
              // After a lost answer there was one, most likely: the attempt before has removed it.
              return mayBeDone.get();
            }
            mayBeDone.compareAndSet(false, S3Errors.mayBeDone(e));
            throw e;
          }
        });
  }

  /** Writes a short object that no listing shows, and looks at it. */
  @Override
  public void probe(Deadline deadline) {
    abilities(deadline);
    calls.run(
        Operation.PROBE,
        deadline,
        (s3, _, _) -> {
          String name = place.hidden("probe");
          s3.putObject(b -> b.bucket(place.bucket()).key(name), RequestBody.empty());
          return s3.headObject(b -> b.bucket(place.bucket()).key(name));
        });
  }

  /** Returns what the server does, and finds that out if it is not known. */
  private S3Abilities abilities(Deadline deadline) {
    if (abilities.isPresent()) {
      return abilities.get();
    }
    lock(deadline);
    try {
      if (abilities.isEmpty()) {
        abilities = Optional.of(S3Trial.make(calls, place, options.sum(), isEncrypted, deadline));
      }
      return abilities.get();
    } finally {
      trying.unlock();
    }
  }

  private void lock(Deadline deadline) {
    try {
      if (trying.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new BackendException.Unavailable(
        calls.request(Operation.PROBE), "it is not known in time what the server can do");
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    calls.enter(Operation.CAPACITY, deadline);
    return Optional.empty();
  }

  @Override
  public void close() {
    calls.close();
  }
}
