package io.raic.cloud.box;

import com.box.sdkgen.managers.downloads.DownloadsManager;
import com.box.sdkgen.managers.downloads.GetDownloadFileUrlQueryParams;
import com.box.sdkgen.networking.network.NetworkSession;
import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Opens downloads: Box is asked where the bytes of a version are, and they are fetched from there.
 *
 * <p>The SDK loses the range on that way. The address is good for a few minutes and needs no token,
 * so none is sent to that host.
 */
final class BoxReader {
  /** How often an object is looked up anew because the version was gone. */
  private static final int MAX_ROUNDS = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final BoxCalls calls;
  private final BoxFiles files;
  private final BoxHttp http;
  private final NetworkSession network;
  private final DownloadsManager downloads;

  BoxReader(BoxCalls calls, BoxFiles files, BoxHttp http, NetworkSession network) {
    this.calls = calls;
    this.files = files;
    this.http = http;
    this.network = network;
    this.downloads = new DownloadsManager.Builder().networkSession(network).build();
  }

  Optional<Download> open(ObjectKey key, ByteRange range, Deadline deadline) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var file = files.find(key, Operation.GET, deadline);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      long start = Math.min(range.start(), file.get().size());
      long end = Math.min(range.end(), file.get().size());
      if (start == end) {
        return Optional.of(download(key, file.get(), Optional.empty(), 0, deadline));
      }
      var stream = fetch(file.get(), start, end, deadline);
      if (stream.isPresent()) {
        return Optional.of(download(key, file.get(), stream, end - start, deadline));
      }
    }
    throw new BackendException.Unavailable(
        calls.request(Operation.GET), "the object is replaced as fast as it is found");
  }

  private Download download(
      ObjectKey key, BoxFile file, Optional<BoxStream> stream, long length, Deadline deadline) {
    return new BoxDownload(calls, file.info(key), stream, length, deadline);
  }

  /** Fetches a range of a version; empty if that is gone. */
  private Optional<BoxStream> fetch(BoxFile file, long start, long end, Deadline deadline) {
    var address = address(file, deadline);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          calls.bare(Operation.GET, deadline, _ -> get(address.get(), file, start, end, deadline)));
    } catch (BoxRefusal refusal) {
      if (refusal.isNotFound()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** Returns where the bytes of a version are; empty if it is gone. */
  private Optional<URI> address(BoxFile file, Deadline deadline) {
    var query = new GetDownloadFileUrlQueryParams.Builder();
    file.versionId().ifPresent(query::version);
    while (true) {
      try {
        return Optional.of(
            calls.make(
                Operation.GET,
                deadline,
                _ -> address(downloads.getDownloadFileUrl(file.id(), query.build()))));
      } catch (BoxRefusal refusal) {
        if (refusal.isNotFound()) {
          return Optional.empty();
        }
        if (!refusal.isNotReady()) {
          throw refusal;
        }
        BoxWait.after(refusal, LONGEST_WAIT, calls.request(Operation.GET), deadline);
      }
    }
  }

  private URI address(String text) {
    var address = URI.create(text);
    var configured = URI.create(network.getBaseUrls().getBaseUrl());
    if (!configured.getScheme().equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException("an address that is none");
    }
    return address;
  }

  private BoxStream get(URI address, BoxFile file, long start, long end, Deadline deadline) {
    boolean isWhole = start == 0 && end == file.size();
    var request = HttpRequest.newBuilder(address).header("User-Agent", "raic");
    if (!isWhole) {
      request.header("Range", "bytes=%d-%d".formatted(start, end - 1));
    }
    var answer =
        http.send(
            calls.request(Operation.GET),
            deadline,
            _ -> request.build(),
            (HttpResponse.ResponseInfo _) -> new BoxStream());
    var stream = answer.body();
    int status = answer.statusCode();
    if (status != (isWhole ? 200 : 206)) {
      stream.close();
      throw status == 200 || status == 206 || status == 416
          ? lie("an answer %d to a range".formatted(status))
          : BoxErrors.refusal(status, answer.headers(), BoxErrors.noBody());
    }
    if (!isOf(answer.headers(), file, start, end, isWhole)) {
      stream.close();
      throw lie("other bytes than those asked for");
    }
    return stream;
  }

  private static boolean isOf(
      HttpHeaders headers, BoxFile file, long start, long end, boolean isWhole) {
    var length = headers.firstValue("Content-Length");
    boolean isLong = length.isEmpty() || length.get().equals(Long.toString(end - start));
    String range = "bytes %d-%d/%d".formatted(start, end - 1, file.size());
    return isLong
        && (isWhole || headers.firstValue("Content-Range").filter(range::equals).isPresent());
  }

  private BackendException lie(String what) {
    return new BackendException.Corrupt(calls.request(Operation.GET), what);
  }
}
