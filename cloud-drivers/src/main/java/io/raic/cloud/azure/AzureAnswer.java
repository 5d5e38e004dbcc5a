package io.raic.cloud.azure;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Request;
import io.raic.cloud.VersionToken;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the service answered. Its headers are there, its body comes as it is read. For one thread,
 * except {@link #close}.
 */
final class AzureAnswer implements AutoCloseable {
  /** What is read of a body that nobody wants, so that its connection can be used again. */
  private static final int MAX_UNWANTED_BYTES = 1 << 13;

  private static final int PIECE_BYTES = 1 << 14;
  private static final int MAX_LENGTH_DIGITS = 18;
  private static final Pattern VERSION = Pattern.compile("[!#-~]{1,128}");

  private final Request request;
  private final HttpResponse<ReceivedBytes> response;

  AzureAnswer(Request request, HttpResponse<ReceivedBytes> response) {
    this.request = header(response, "x-ms-request-id").map(request::named).orElse(request);
    this.response = response;
  }

  private static Optional<String> header(HttpResponse<ReceivedBytes> response, String name) {
    return response.headers().firstValue(name);
  }

  int status() {
    return response.statusCode();
  }

  boolean isSuccess() {
    return status() / 100 == 2;
  }

  Optional<String> header(String name) {
    return header(response, name);
  }

  /** Returns the service's word for what went wrong; empty if it says none. */
  String code() {
    return header("x-ms-error-code").orElse("");
  }

  /** Says whether this is Azure's word that there is no such blob, which is not an error. */
  boolean isAbsence() {
    return status() == 404
        && (code().equals("BlobNotFound")
            || (code().isEmpty() && header("x-ms-request-id").isPresent()));
  }

  Request request() {
    return request;
  }

  /**
   * Returns the version that the answer names.
   *
   * @throws BackendException.Corrupt if it names none
   */
  VersionToken version() {
    return header("etag")
        .flatMap(AzureAnswer::version)
        .orElseThrow(() -> corrupt("the answer names no version"));
  }

  /** Returns the version of an ETag: lists have it without quotes, headers within. */
  static Optional<VersionToken> version(String etag) {
    var bare = etag.replaceFirst("^\"(.*)\"$", "$1");
    return Optional.of(bare).filter(VERSION.asMatchPredicate()).map(VersionToken::new);
  }

  /** Returns what a header says of an object of {@code size} bytes. */
  ObjectInfo info(ObjectKey key, long size) {
    return new ObjectInfo(key, size, version());
  }

  /** Returns how long the body is by the answer's own word. */
  long length() {
    return header("content-length")
        .flatMap(AzureAnswer::count)
        .orElseThrow(() -> corrupt("the answer does not tell a length"));
  }

  /** Returns the number {@code text}; empty if it is none, or negative. */
  static Optional<Long> count(String text) {
    return Optional.of(text)
        .filter(digits -> digits.matches("[0-9]{1,%d}".formatted(MAX_LENGTH_DIGITS)))
        .map(Long::valueOf);
  }

  BackendException.Corrupt corrupt(String what) {
    return new BackendException.Corrupt(request, what);
  }

  /**
   * Takes the next bytes of the body, at least one.
   *
   * @param deadline when they must have come
   * @return how many; -1 after the last one
   */
  int read(byte[] target, int offset, int length, Deadline deadline) {
    return switch (response.body().read(target, offset, length, deadline)) {
      case ReceivedBytes.Read.Some(int count) -> count;
      case ReceivedBytes.Read.None(var lack) ->
          switch (lack) {
            case END -> -1;
            case LATE -> throw broken("no bytes for %d s".formatted(deadline.step().toSeconds()));
            case BROKEN -> throw broken("the connection broke within the answer");
            case INTERRUPTED -> throw broken("interrupted");
          };
    };
  }

  private BackendException.Unavailable broken(String how) {
    return new BackendException.Unavailable(request, how);
  }

  /** Returns the whole body, which must be no longer than {@code most}. */
  byte[] readAll(int most, Deadline deadline) {
    var all = new ByteArrayOutputStream();
    var piece = new byte[PIECE_BYTES];
    for (int n = 0; n >= 0; n = read(piece, 0, piece.length, deadline)) {
      all.write(piece, 0, n);
      if (all.size() > most) {
        throw corrupt("an answer of more than %d bytes".formatted(most));
      }
    }
    return all.toByteArray();
  }

  /** Takes the rest of a short body: only then can the connection be used again. */
  void finish(Deadline deadline) {
    try {
      readAll(MAX_UNWANTED_BYTES, deadline);
    } catch (BackendException _) {
      // The status and the headers say what is needed.
    }
    close();
  }

  @Override
  public void close() {
    response.body().close();
  }
}
