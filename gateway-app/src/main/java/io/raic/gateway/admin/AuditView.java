package io.raic.gateway.admin;

import io.raic.gateway.web.BadRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The log of what people did. For any thread. */
public interface AuditView {
  /**
   * An act.
   *
   * @param number its place in the log
   * @param at when
   * @param actor who
   * @param act what
   * @param subject to what
   * @param outcome how it ended
   */
  record Act(long number, Instant at, String actor, String act, String subject, String outcome) {}

  /**
   * Returns acts, the last ones first; empty if nobody keeps them.
   *
   * @param before a number that they are below
   * @param limit at most so many
   */
  Optional<List<Act>> acts(long before, int limit);

  /**
   * Adds an act, which happens only if this returns.
   *
   * @param actor who
   * @param act what, as a name
   * @param subject to what; no secret
   */
  void add(String actor, String act, String subject);

  /**
   * Adds that an act that was added did not happen after all.
   *
   * @param isRefused whether it was not allowed as things were; otherwise it failed
   */
  void undone(String actor, String act, String subject, boolean isRefused);

  /** Adds an act and does it; if {@code work} throws, that it did not happen is added too. */
  default void record(String actor, String act, String subject, Runnable work) {
    add(actor, act, subject);
    boolean isRefused = false;
    boolean isDone = false;
    try {
      work.run();
      isDone = true;
    } catch (BadRequestException e) {
      isRefused = e.status() < 500;
      throw e;
    } finally {
      if (!isDone) {
        undone(actor, act, subject, isRefused);
      }
    }
  }

  /** Nobody keeps them. */
  AuditView NOT_KEPT =
      new AuditView() {
        @Override
        public Optional<List<Act>> acts(long before, int limit) {
          return Optional.empty();
        }

        @Override
        public void add(String actor, String act, String subject) {}

        @Override
        public void undone(String actor, String act, String subject, boolean isRefused) {}
      };
}
