package io.raic.gateway.admin;

import io.raic.gateway.repair.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a check or a repair is.
 *
 * @param work what it is
 * @param actor who began it
 * @param begun when
 * @param segments of the file that were made again
 * @param total of them; 0 while that is not known
 * @param result what came of it; empty while it goes on
 */
public record FileJob(
    FileWork work, String actor, Instant begun, int segments, int total, Optional<Result> result) {
  /**
   * What came of it.
   *
   * @param ended when
   * @param level how good it is
   * @param words it, in a line
   * @param health of the file; empty if it could not be looked at
   * @param failures what went wrong
   */
  public record Result(
      Instant ended, Level level, String words, Optional<Health> health, List<String> failures) {
    /** Copies the list. */
    public Result {
      failures = List.copyOf(failures);
    }
  }

  FileJob at(int segments, int total) {
    return new FileJob(work, actor, begun, segments, total, result);
  }

  FileJob ended(Result result) {
    return new FileJob(work, actor, begun, segments, total, Optional.of(result));
  }
}
