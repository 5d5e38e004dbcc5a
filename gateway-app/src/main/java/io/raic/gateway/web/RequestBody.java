package io.raic.gateway.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, whose errors are the client's and say so.
 *
 * <p>A client that waits for leave to send it gets that at the first read. One that sends almost
 * nothing is given up: see {@link Pace}.
 */
public final class RequestBody extends InputStream {
  private static final String STATE = RequestBody.class.getName();
  private static final String BEGUN = "begun";
  private static final String BROKEN = "broken";

  private final Source source;
  private final Runnable broken;
  private final Pace pace = new Pace();
  private @Nullable InputStream body;

  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private RequestBody(Source source, Runnable broken) {
    this.source = source;
    this.broken = broken;
  }

  /** Returns the body of {@code request}. */
  public static RequestBody of(HttpServletRequest request) {
    return new RequestBody(
        () -> {
          request.setAttribute(STATE, BEGUN);
          return request.getInputStream();
        },
        () -> request.setAttribute(STATE, BROKEN));
  }

  /** Returns a {@code part} of the body of a request. */
  public static RequestBody of(InputStream part) {
    return new RequestBody(() -> part, () -> {});
  }

  /** Says whether the client sends the body, or what is left of it, without being asked to. */
  static boolean isComing(HttpServletRequest request) {
    Object state = request.getAttribute(STATE);
    return state == null ? request.getHeader("Expect") == null : state.equals(BEGUN);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      long start = System.nanoTime();
      int got = body().read(target, offset, length);
      pace.add(System.nanoTime() - start, Math.max(0, got));
      return got;
    } catch (IOException e) {
      broken.run();
      throw new BrokenBodyException(e);
    }
  }

  private InputStream body() throws IOException {
    var open = body;
    if (open == null) {
      open = source.open();
      body = open;
    }
    return open;
  }
}
