package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Opens objects for reading, and checks that the answers are to what was asked. */
final class S3Reader {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private final S3Calls calls;
  private final S3Place place;
  private final S3Heads heads;

  S3Reader(S3Calls calls, S3Place place, S3Heads heads) {
    this.calls = calls;
    this.place = place;
    this.heads = heads;
  }

  S3Calls calls() {
    return calls;
  }

  /** An answer with its body, which is still to be read. */
  private record Answer(
      Request request, GetObjectResponse head, AbortableInputStream body, ByteRange asked) {
    /** Returns where the bytes are in the object, and how long that is. */
    Extent extent() {
      long length = Objects.requireNonNullElse(head.contentLength(), -1L);
      if (head.contentRange() == null) {
        // A server that does not know ranges gives all of it.
        return checked(new Extent(0, length, length));
      }
      var found = CONTENT_RANGE.matcher(head.contentRange());
      if (!found.matches()) {
        throw wrong();
      }
      return checked(
          new Extent(
              Long.parseLong(found.group(1)),
              Long.parseLong(found.group(2)) + 1,
              Long.parseLong(found.group(3))));
    }

    private Extent checked(Extent extent) {
      long length = Objects.requireNonNullElse(head.contentLength(), -1L);
      if (length < 0
          || extent.start != asked.start()
          || length != extent.end - extent.start
          || extent.end < Math.min(asked.end(), extent.size)
          || extent.end > extent.size) {
        throw wrong();
      }
      return extent;
    }

    VersionToken version() {
      try {
        return S3Tag.of(request, head.eTag());
      } catch (BackendException.Corrupt e) {
        body.abort();
        throw e;
      }
    }

    private BackendException wrong() {
      body.abort();
      return new BackendException.Corrupt(request, "the answer has other bytes than asked for");
    }
  }

  /** Bytes of an object, and its size. */
  private record Extent(long start, long end, long size) {}

  Optional<Download> open(ObjectKey key, ByteRange range, Deadline deadline) {
    if (range.start() == range.end()) {
      return calls.run(
          Operation.GET,
          deadline,
          (s3, request, _) ->
              heads.find(s3, request, key).map(info -> nothing(info, range.start(), deadline)));
    }
    return calls.open(
        Operation.GET,
        deadline,
        (s3, request, _) -> {
          try {
            var answer = ask(s3, request, ask(place.name(key), range), range);
            var extent = answer.extent();
            var info = new ObjectInfo(key, extent.size, answer.version());
            long end = Math.min(range.end(), extent.end);
            return Optional.of(
                new S3Download(this, info, range.start(), end, Optional.of(answer.body), deadline));
          } catch (S3Exception e) {
            if (S3Errors.isAbsent(e)) {
              return Optional.empty();
            }
            if (e.statusCode() != 416) {
              throw e;
            }
            return beyond(s3, request, key, range, deadline);
          }
        });
  }

  /** The object ends before the range begins: of what it is the refusal says nothing. */
  private Optional<Download> beyond(
      S3Client s3, Request request, ObjectKey key, ByteRange range, Deadline deadline) {
    var info = heads.find(s3, request, key);
    if (info.filter(there -> there.size() > range.start()).isPresent()) {
      throw new BackendException.Unavailable(request, "the object was replaced just now");
    }
    return info.map(there -> nothing(there, range.start(), deadline));
  }

  private Download nothing(ObjectInfo info, long position, Deadline deadline) {
    return new S3Download(this, info, position, position, Optional.empty(), deadline);
  }

  /** Opens the rest of an object, in one attempt. */
  AbortableInputStream reopen(ObjectInfo info, long position, long end, Deadline deadline) {
    var range = new ByteRange(position, end);
    return calls.once(
        Operation.READ,
        deadline,
        true,
        1,
        (s3, request, _) -> {
          var answer = ask(s3, request, ask(place.name(info.key()), range), range);
          var extent = answer.extent();
          boolean isSame = answer.version().equals(info.version());
          if (!isSame || extent.size != info.size()) {
            answer.body.abort();
            throw new BackendException.Unavailable(request, "the object was replaced meanwhile");
          }
          return answer.body;
        });
  }

  private GetObjectRequest ask(String name, ByteRange range) {
    var builder = GetObjectRequest.builder().bucket(place.bucket()).key(name);
    if (range.end() != ByteRange.TO_END) {
      builder.range("bytes=%d-%d".formatted(range.start(), range.end() - 1));
    } else if (range.start() > 0) {
      builder.range("bytes=%d-".formatted(range.start()));
    }
    return builder.build();
  }

  private static Answer ask(S3Client s3, Request request, GetObjectRequest asked, ByteRange range) {
    return s3.getObject(
        asked,
        new ResponseTransformer<GetObjectResponse, Answer>() {
          @Override
          public Answer transform(GetObjectResponse head, AbortableInputStream body) {
            return new Answer(request, head, body, range);
          }

          @Override
          public boolean needsConnectionLeftOpen() {
            return true;
          }
        });
  }
}
