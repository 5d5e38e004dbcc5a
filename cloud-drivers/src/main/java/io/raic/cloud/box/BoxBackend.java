package io.raic.cloud.box;

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
import io.raic.cloud.call.Gate;
import io.raic.cloud.parts.PartedUpload;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects as files of one folder of Box; {@link BoxPath} says which.
 *
 * <p>Calls are what Box limits, per minute and per month, so what each takes is part of the design:
 *
 * <ul>
 *   <li>writing an object: one; two, with the bytes sent twice, to replace one that was not seen;
 *       for more than {@value BoxUpload#PART_BYTES} bytes one for each 8 MiB, and two more;
 *   <li>reading one: two if it was listed, read or written lately, three or four else. The bytes
 *       themselves come from another host and count as none;
 *   <li>the shares of a file: one for each 1000 objects whose storage indexes begin alike;
 *   <li>removing one: three, one of them to purge it.
 * </ul>
 *
 * <p>A file that is replaced keeps its old versions, as many as the plan says, and they count: an
 * object that changes often costs its size many times. A version that is to be read stays readable
 * to its end for that reason. What is removed goes to the trash, where it counts too, and from
 * there for good, if the store is told to and the account may.
 */
final class BoxBackend implements CloudBackend {
  /** What a free account takes; claimed until {@link #probe} knows better. */
  static final long LEAST_MAX_BYTES = 250L << 20;

  /** Box tells this of accounts without a limit. */
  private static final long UNLIMITED_BYTES = 999_999_999_999_999L;

  /**
   * What it is told.
   *
   * @param id of the store
   * @param location in words
   * @param folder the id of the store's own folder
   * @param purges whether what is removed is purged from the trash
   */
  record Options(String id, String location, String folder, boolean purges) {}

  private final Options options;
  private final Gate gate;
  private final BoxHttp http;
  private final BoxTokens tokens;
  private final BoxParts box;
  private final BoxReader reader;
  private final BoxListing listing;
  private volatile long maxObjectBytes = LEAST_MAX_BYTES;
  private volatile boolean knowsMaxObject;
  private volatile boolean mayPurge = true;

  BoxBackend(
      Options options, Gate gate, BoxHttp http, BoxTokens tokens, BoxParts box, BoxReader reader) {
    this.options = options;
    this.gate = gate;
    this.http = http;
    this.tokens = tokens;
    this.box = box;
    this.reader = reader;
    this.listing = new BoxListing(box);
  }

  @Override
  public String id() {
    return options.id();
  }

  @Override
  public String location() {
    return options.location();
  }

  @Override
  public Traits traits() {
    return new Traits(true, true, maxObjectBytes, PartSizes.always(BoxUpload.PART_BYTES));
  }

  @Override
  public Optional<Instant> credentialsEnd() {
    return tokens.end();
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    var target = new BoxUpload(box, key, length, precondition);
    var upload = new PartedUpload(id(), length, BoxUpload.PART_BYTES, deadline, target);
    return run(
        Operation.BEGIN,
        deadline,
        () -> {
          if (length > maxObjectBytes && !knowsMaxObject) {
            learn(account(Operation.BEGIN, deadline));
          }
          if (length > maxObjectBytes) {
            throw new BackendException.OutOfSpace(
                box.calls().request(Operation.BEGIN),
                "%d bytes, and the plan allows %d in a file".formatted(length, maxObjectBytes));
          }
          return upload;
        });
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return run(Operation.GET, deadline, () -> reader.open(key, range, deadline));
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    return run(
        Operation.STAT,
        deadline,
        () -> box.files().find(key, Operation.STAT, deadline).map(file -> file.info(key)));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page of %d objects".formatted(limit));
    }
    return run(Operation.LIST, deadline, () -> listing.page(prefix, after, limit, deadline));
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    return run(Operation.DELETE, deadline, () -> remove(key, deadline));
  }

  private boolean remove(ObjectKey key, Deadline deadline) {
    // An id alone would do, but its file may be somebody's by now, moved to another folder.
    var seen = box.files().findSeen(key, Operation.DELETE, deadline);
    if (seen.isPresent() && remove(key, seen.get().id(), deadline)) {
      return true;
    }
    var named = box.files().findId(key, BoxPath.of(key), Operation.DELETE, deadline);
    return named.isPresent() && remove(key, named.get(), deadline);
  }

  private boolean remove(ObjectKey key, String file, Deadline deadline) {
    boolean wasThere = box.api().delete(Operation.DELETE, deadline, file);
    box.files().forget(key, file);
    if (wasThere && options.purges() && mayPurge) {
      purge(file, deadline);
    }
    return wasThere;
  }

  /** The object is removed, whatever comes of this: the trash is emptied by Box in time. */
  private void purge(String file, Deadline deadline) {
    try {
      box.api().purge(Operation.DELETE, deadline, file);
    } catch (BackendException.AccessDenied _) {
      // The enterprise keeps that to its administrators: no use to ask again.
      mayPurge = false;
    } catch (BackendException _) {
      // The trash is out of order, or the deadline over.
    }
  }

  @Override
  public void probe(Deadline deadline) {
    run(
        Operation.PROBE,
        deadline,
        () -> {
          boolean may =
              box.api()
                  .mayUploadTo(Operation.PROBE, deadline, options.folder())
                  .orElseThrow(() -> box.folders().noRoot(Operation.PROBE));
          if (!may) {
            throw new BackendException.AccessDenied(
                box.calls().request(Operation.PROBE),
                "this account may not write and delete in folder %s: it must be an editor of it"
                    .formatted(options.folder()));
          }
          if (!knowsMaxObject) {
            learn(account(Operation.PROBE, deadline));
          }
          return true;
        });
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    return run(
        Operation.CAPACITY,
        deadline,
        () -> {
          var account = account(Operation.CAPACITY, deadline);
          learn(account);
          long total = account.spaceBytes();
          return total <= 0 || total >= UNLIMITED_BYTES
              ? Optional.empty()
              : Optional.of(new Capacity(total, Math.clamp(total - account.usedBytes(), 0, total)));
        });
  }

  private BoxApi.Account account(Operation operation, Deadline deadline) {
    return box.api().account(operation, deadline);
  }

  private void learn(BoxApi.Account account) {
    if (account.maxUploadBytes() > 0) {
      maxObjectBytes = account.maxUploadBytes();
      knowsMaxObject = true;
    }
  }

  private <T> T run(Operation operation, Deadline deadline, Supplier<T> work) {
    gate.enter(operation, deadline);
    return box.calls().told(operation, work);
  }

  @Override
  public void close() {
    gate.close();
    http.close();
  }
}
