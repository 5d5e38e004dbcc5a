package io.raic.gateway.access;

import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Who asks: the token of a request, or {@link #OPEN}.
 *
 * @param id of the token
 * @param name of the token, as its owner knows it
 * @param readOnly whether it only reads
 * @param hasQuota whether there is a limit to what it stores
 */
public record Caller(String id, String name, boolean readOnly, boolean hasQuota) {
  /** Everybody, where no token is needed. Its id is that of no token. */
  public static final Caller OPEN = new Caller("open", "open", false, false);

  private static final String ATTRIBUTE = Caller.class.getName();
  private static final int FORBIDDEN = 403;

  /**
   * Returns who sent {@code request}.
   *
   * @throws IllegalStateException if nobody was let in
   */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a request came past the filter of access");
  }

  void let(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** Says whether no token was needed. */
  public boolean isOpen() {
    return equals(OPEN);
  }

  /**
   * Refuses a caller that only reads.
   *
   * @throws BadRequestException 403
   */
  public void requireWriting() {
    if (readOnly) {
      throw new BadRequestException(FORBIDDEN, readOnlyText());
    }
  }

  /** Returns what a caller that only reads is told. */
  String readOnlyText() {
    return "the token %s is read-only".formatted(name);
  }
}
