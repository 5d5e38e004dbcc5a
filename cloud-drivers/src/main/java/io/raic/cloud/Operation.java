package io.raic.cloud;

/** The kinds of calls to a store, and of steps of what a call opens. */
public enum Operation {
  /** Beginning an upload. */
  BEGIN,
  /** Giving an upload its next bytes. */
  WRITE,
  /** Making an upload visible. */
  COMMIT,
  /** Opening a download. */
  GET,
  /** Taking a download's next bytes. */
  READ,
  /** Asking what is known of an object. */
  STAT,
  /** Asking for a page of a listing. */
  LIST,
  /** Removing an object. */
  DELETE,
  /** Probing. */
  PROBE,
  /** Asking how full the store is. */
  CAPACITY
}
