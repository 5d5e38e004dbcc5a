package io.raic.cloud.resilience;

import io.raic.cloud.BackendException;

/** What became of a call, as it is counted. */
public enum Outcome {
  /** The store did it, or said that there is nothing. */
  ANSWERED,
  /** {@link BackendException.PreconditionFailed}: an answer as well. */
  PRECONDITION_FAILED,
  /** {@link BackendException.OutOfSpace} of the provider. */
  OUT_OF_SPACE,
  /** {@link BackendException.AccessDenied}. */
  ACCESS_DENIED,
  /** {@link BackendException.Throttled} by the provider. */
  THROTTLED,
  /** {@link BackendException.Corrupt}. */
  CORRUPT,
  /** {@link BackendException.Unavailable}, said by the provider or by the network. */
  UNAVAILABLE,
  /** No answer at all, in a time in which there should have been one. */
  SILENT,
  /** The caller gave up, or left too little time; that says nothing about the provider. */
  ABANDONED,
  /** A fault of this program or of its caller: any other exception. */
  FAULT,
  /** The circuit was open, or writes were paused; the provider was not asked. */
  REFUSED,
  /** A limit of ours was reached; the provider was not asked. */
  LIMITED;

  /** Says whether the provider did what it was asked, or said why there is nothing to do. */
  public boolean isDone() {
    return this == ANSWERED || this == PRECONDITION_FAILED;
  }

  /** Returns how an error of a provider that answered is counted. */
  static Outcome of(BackendException e) {
    return switch (e) {
      case BackendException.PreconditionFailed _ -> PRECONDITION_FAILED;
      case BackendException.OutOfSpace _ -> OUT_OF_SPACE;
      case BackendException.AccessDenied _ -> ACCESS_DENIED;
      case BackendException.Throttled _ -> THROTTLED;
      case BackendException.Corrupt _ -> CORRUPT;
      case BackendException.Unavailable _ -> UNAVAILABLE;
    };
  }
}
