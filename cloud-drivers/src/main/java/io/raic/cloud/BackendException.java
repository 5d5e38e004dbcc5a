package io.raic.cloud;

import java.time.Duration;

/**
 * What can go wrong with a store: few kinds, each one a different thing to do about it.
 *
 * <p>Made once, where the driver hears of it. The message names the store and what was tried, and
 * never holds a credential.
 */
public abstract sealed class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String backend;

  private BackendException(String backend, String what, Throwable cause) {
    super("%s: %s".formatted(backend, what), cause);
    this.backend = backend;
  }

  private BackendException(String backend, String what) {
    super("%s: %s".formatted(backend, what));
    this.backend = backend;
  }

  /** Returns the id of the store. */
  public String backend() {
    return backend;
  }

  /** The object is not as the caller said it must be. */
  public static final class PreconditionFailed extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says which store, and what was tried. */
    public PreconditionFailed(String backend, String what) {
      super(backend, what);
    }
  }

  /** The store wants fewer requests. */
  public static final class Throttled extends BackendException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    /** Says which store, what was tried, and when to try again. */
    public Throttled(String backend, String what, Duration retryAfter) {
      super(backend, what);
      this.retryAfter = retryAfter;
    }

    /** Returns how long the store wants to be left alone. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** The store cannot be reached, does not answer in time, or fails; it may work again later. */
  public static final class Unavailable extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says which store, and what was tried. */
    public Unavailable(String backend, String what) {
      super(backend, what);
    }

    /** Says which store, what was tried, and why it failed. */
    public Unavailable(String backend, String what, Throwable cause) {
      super(backend, what, cause);
    }
  }

  /** The store does not allow it; that stays so until somebody changes a right or a credential. */
  public static final class AccessDenied extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says which store, and what was tried. */
    public AccessDenied(String backend, String what) {
      super(backend, what);
    }

    /** Says which store, what was tried, and why it failed. */
    public AccessDenied(String backend, String what, Throwable cause) {
      super(backend, what, cause);
    }
  }

  /** The store, or the quota, is full. */
  public static final class OutOfSpace extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says which store, and what was tried. */
    public OutOfSpace(String backend, String what) {
      super(backend, what);
    }

    /** Says which store, what was tried, and why it failed. */
    public OutOfSpace(String backend, String what, Throwable cause) {
      super(backend, what, cause);
    }
  }

  /** The store gave back something that its own answer contradicts, such as too few bytes. */
  public static final class Corrupt extends BackendException {
    private static final long serialVersionUID = 1;

    /** Says which store, and what was tried. */
    public Corrupt(String backend, String what) {
      super(backend, what);
    }
  }
}
