package io.raic.cloud;

import java.time.Duration;

/**
 * What can go wrong with a store: few kinds, each one a different thing to do about it.
 *
 * <p>Made once, where the driver hears of it. The message names the store, the operation and the
 * provider's own name of the request, and never holds a credential.
 */
public abstract sealed class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Request request;

  private BackendException(Request request, String what, Throwable cause) {
    super(request.tells(what), cause);
    this.request = request;
  }

  private BackendException(Request request, String what) {
    super(request.tells(what));
    this.request = request;
  }

  /** Returns the id of the store. */
  public String backend() {
    return request.backend();
  }

  /** Returns what was asked of which store. */
  public Request request() {
    return request;
  }

  /** Says whether the same call can succeed later without anybody changing anything. */
  public boolean canRetryHelp() {
    return switch (this) {
      case Throttled _, Unavailable _ -> true;
      case PreconditionFailed _, AccessDenied _, OutOfSpace _, Corrupt _ -> false;
    };
  }

  /** The object is not as the caller said it must be. */
  public static final class PreconditionFailed extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says what was asked, and what happened. */
    public PreconditionFailed(Request request, String what) {
      super(request, what);
    }
  }

  /** The store wants fewer requests. */
  public static final class Throttled extends BackendException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    /** Says what was asked, what happened, and when to try again. */
    public Throttled(Request request, String what, Duration retryAfter) {
      super(request, what);
      this.retryAfter = retryAfter;
    }

    /** Returns how long the store wants to be left alone; zero if it did not say. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The store cannot be reached, does not answer in time, or fails; it may work again later. */
  public static final class Unavailable extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says what was asked, and what happened. */
    public Unavailable(Request request, String what) {
      super(request, what);
    }

    /** Says what was asked, what happened, and why. */
    public Unavailable(Request request, String what, Throwable cause) {
      super(request, what, cause);
    }
  }

  /** The store does not allow it; that stays so until somebody changes a right or a credential. */
  public static final class AccessDenied extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says what was asked, and what happened. */
    public AccessDenied(Request request, String what) {
      super(request, what);
    }

    /** Says what was asked, what happened, and why. */
    public AccessDenied(Request request, String what, Throwable cause) {
      super(request, what, cause);
    }
  }

  /** The store, or the quota, is full. */
  public static final class OutOfSpace extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says what was asked, and what happened. */
    public OutOfSpace(Request request, String what) {
      super(request, what);
    }

    /** Says what was asked, what happened, and why. */
    public OutOfSpace(Request request, String what, Throwable cause) {
      super(request, what, cause);
    }
  }

  /** The store gave back something that its own answer contradicts, such as too few bytes. */
  public static final class Corrupt extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says what was asked, and what happened. */
    public Corrupt(Request request, String what) {
      super(request, what);
    }
  }
}
