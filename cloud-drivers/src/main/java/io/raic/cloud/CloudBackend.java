package io.raic.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * A store of objects, each written once as a whole and read whole or in part.
 *
 * <p>Every call blocks, is made for virtual threads, ends at its deadline at the latest, and ends
 * soon after its thread is interrupted, with {@link BackendException.Unavailable} and the interrupt
 * flag set. "Not there" is an answer, everything else that goes wrong a {@link BackendException}. A
 * backend may be used by many threads at once. It retries by itself what its provider says can be
 * retried; callers do not.
 */
public interface CloudBackend extends AutoCloseable {
  /** Returns the name the configuration gives this store; it stands in every error. */
  String id();

  /**
   * Returns where the objects are, in words for people that hold no credential. Two stores with the
   * same words are one.
   */
  String location();

  /**
   * Returns what this store can and cannot do, as far as that is known: where it has to be found
   * out, {@link #probe} does, and until then the store claims less than it may be able to do.
   */
  Traits traits();

  /**
   * Returns when the store's credentials end for good unless somebody renews them; empty if that is
   * never, or not known.
   */
  default Optional<Instant> credentialsEnd() {
    return Optional.empty();
  }

  /**
   * Begins to write an object of exactly {@code length} bytes. Nothing is visible under {@code key}
   * before {@link Upload#commit} and nothing changes there if it is not called.
   *
   * @param deadline for beginning, and as a duration for each later step of the upload
   * @throws BackendException.PreconditionFailed if the store can tell already
   * @throws BackendException.OutOfSpace if the store can tell already
   */
  Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline);

  /**
   * Opens the part of an object that {@code range} names, as far as the object reaches.
   *
   * @param deadline for opening, and as a duration for each later read
   * @return empty if there is no such object
   */
  Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline);

  /** Returns what the store knows of an object; empty if there is none. */
  Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline);

  /**
   * Lists objects whose keys begin with {@code prefix}, in the order of their keys.
   *
   * @param after the {@link Page#next} of the page before; empty for the first one
   * @param limit the most objects to return, at least 1; a store may return fewer
   */
  Page list(String prefix, Optional<String> after, int limit, Deadline deadline);

  /**
   * Removes an object.
   *
   * @return whether there was one
   */
  boolean delete(ObjectKey key, Deadline deadline);

  /** Makes the cheapest round trip that shows whether the store can be read and written. */
  void probe(Deadline deadline);

  /** Returns how full the store is; empty where it does not tell. */
  Optional<Capacity> capacity(Deadline deadline);

  /**
   * Hears that something cannot be done without this store. Where it is kept from being asked since
   * it was broken, it is looked soon whether it still is; nobody waits for that.
   *
   * @return whether it is kept from being asked, and that may end soon
   */
  default boolean wanted() {
    return false;
  }

  /**
   * Lets go of connections and locks; every call and every open upload and download fails
   * afterwards. Closing again does nothing.
   */
  @Override
  void close();
}
