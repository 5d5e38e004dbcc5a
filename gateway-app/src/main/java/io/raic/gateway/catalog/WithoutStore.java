package io.raic.gateway.catalog;

/**
 * What would become of the files of which one store has good shares, without it. Others stay as
 * they are.
 *
 * @param lost files that can be rebuilt now, and could not be then
 * @param critical files that would have just enough shares, and have more now
 * @param degraded files that would have fewer shares than now, and more than enough
 */
public record WithoutStore(Amount lost, Amount critical, Amount degraded) {
  /** Says whether every file that can be rebuilt now could be then. */
  public boolean isSafe() {
    return lost.items() == 0;
  }
}
