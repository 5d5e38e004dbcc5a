package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Finds and reads objects. */
final class SwiftReads {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private final Calls calls;
  private final Places places;
  private final SwiftProbe probe;

  SwiftReads(Calls calls, Places places, SwiftProbe probe) {
    this.calls = calls;
    this.places = places;
    this.probe = probe;
  }

  /** Returns the newest version that any copy has; empty if there is none. */
  Optional<Found> find(Operation operation, ObjectKey key, Deadline deadline) {
    return calls.call(operation, deadline, _ -> findOnce(operation, key, deadline));
  }

  Optional<Found> findOnce(Operation operation, ObjectKey key, Deadline deadline) {
    var answer =
        calls
            .account()
            .exchange(
                operation,
                deadline,
                0,
                storage -> {
                  var request = request("HEAD", storage, key);
                  request.setHeader("X-Newest", "true");
                  return request;
                });
    if (answer.status() == 404) {
      probe.requireContainer(operation, deadline);
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw calls.failed(operation, "the object", answer);
    }
    return Optional.of(Found.of(calls.about(operation), key, answer::header));
  }

  private HttpUriRequestBase request(String method, String storage, ObjectKey key) {
    return new HttpUriRequestBase(method, URI.create(storage + places.objectPath(key)));
  }

  Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    return calls.call(
        Operation.GET,
        deadline,
        _ ->
            range.start() == range.end()
                ? nothingOf(key, deadline)
                : getOnce(key, range, deadline));
  }

  /** A range in which there are no bytes: only the object is wanted. */
  private Optional<Download> nothingOf(ObjectKey key, Deadline deadline) {
    return findOnce(Operation.GET, key, deadline)
        .map(found -> SwiftDownload.empty(calls, found.info(), deadline));
  }

  private Optional<Download> getOnce(ObjectKey key, ByteRange range, Deadline deadline) {
    var exchange =
        calls
            .account()
            .open(
                Operation.GET,
                deadline,
                storage -> {
                  var request = request("GET", storage, key);
                  if (!range.equals(ByteRange.ALL)) {
                    request.setHeader("Range", words(range));
                  }
                  return request;
                });
    try {
      return switch (exchange.status()) {
        case 200, 206 -> Optional.of(download(exchange, key, range, deadline));
        case 404 -> {
          exchange.close();
          yield requireAbsent(key, deadline);
        }
        case 416 -> {
          exchange.close();
          yield nothingOf(key, deadline);
        }
        // What the manifest names is not there, or has another length or hash.
        case 409 ->
            throw new BackendException.Corrupt(
                calls.about(Operation.GET), "a segment is missing or is another one");
        default -> throw SwiftErrors.of(calls.about(Operation.GET), "the object", exchange);
      };
    } catch (BackendException e) {
      exchange.close();
      throw e;
    }
  }

  /**
   * Asks all copies before it is said that nothing is there: a server that holds the only copy it
   * was asked for loses sight of an object for a moment while that is replaced.
   */
  private Optional<Download> requireAbsent(ObjectKey key, Deadline deadline) {
    if (findOnce(Operation.GET, key, deadline).isPresent()) {
      throw new BackendException.Unavailable(
          calls.about(Operation.GET), "a server does not see an object that is there");
    }
    return Optional.empty();
  }

  private static String words(ByteRange range) {
    return range.end() == ByteRange.TO_END
        ? "bytes=%d-".formatted(range.start())
        : "bytes=%d-%d".formatted(range.start(), range.end() - 1);
  }

  /** Checks that the answer is the part that was asked for. */
  private Download download(Exchange exchange, ObjectKey key, ByteRange range, Deadline deadline) {
    var about = calls.about(Operation.GET);
    long length = SwiftErrors.number(exchange.header("Content-Length"), -1);
    if (exchange.status() == 200) {
      var info = Found.of(about, key, length, exchange::header).info();
      if (length > 0 && !range.equals(ByteRange.ALL)) {
        throw new BackendException.Corrupt(about, "the whole object came in place of a part");
      }
      return SwiftDownload.of(calls, info, deadline, exchange, length);
    }
    var words = CONTENT_RANGE.matcher(exchange.header("Content-Range").orElse(""));
    if (!words.matches()) {
      throw new BackendException.Corrupt(about, "the answer does not tell which part it is");
    }
    long total = Long.parseLong(words.group(3));
    long end = Math.min(range.end(), total);
    if (Long.parseLong(words.group(1)) != range.start()
        || Long.parseLong(words.group(2)) != end - 1
        || length != end - range.start()) {
      throw new BackendException.Corrupt(about, "another part came than was asked for");
    }
    var info = Found.of(about, key, total, exchange::header).info();
    return SwiftDownload.of(calls, info, deadline, exchange, length);
  }
}
