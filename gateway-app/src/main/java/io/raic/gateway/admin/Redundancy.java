package io.raic.gateway.admin;

import java.util.List;
import java.util.Optional;

/** What is known of all stored files together; empty where nobody knows. For any thread; quick. */
public interface Redundancy {
  /**
   * Files that are equally well off.
   *
   * @param label how well, for people
   * @param level how good that is: bad if they are lost, or would be with one share less
   * @param files how many
   * @param bytes that they have, before they were made into shares
   */
  record Group(String label, Level level, long files, long bytes) {}

  /**
   * All files.
   *
   * @param groups the best ones first
   */
  record Standing(List<Group> groups) {
    /** Copies the list. */
    public Standing {
      groups = List.copyOf(groups);
    }

    /** Returns how many files there are. */
    public long files() {
      return groups.stream().mapToLong(Group::files).sum();
    }

    /** Returns how many files are at least as bad as {@code level}. */
    public long files(Level level) {
      return groups.stream()
          .filter(group -> group.level().compareTo(level) >= 0)
          .mapToLong(Group::files)
          .sum();
    }

    /** Returns the bytes of the files that are at least as bad as {@code level}. */
    public long bytes(Level level) {
      return groups.stream()
          .filter(group -> group.level().compareTo(level) >= 0)
          .mapToLong(Group::bytes)
          .sum();
    }
  }

  /**
   * What a store holds.
   *
   * @param shares how many
   * @param bytes of them
   */
  record Held(long shares, long bytes) {}

  /** Returns how the files are. */
  Optional<Standing> standing();

  /** Returns how they would be without a store. */
  Optional<Standing> without(String store);

  /** Returns what a store holds. */
  Optional<Held> held(String store);

  /** Nothing is known. */
  Redundancy NOT_KNOWN =
      new Redundancy() {
        @Override
        public Optional<Standing> standing() {
          return Optional.empty();
        }

        @Override
        public Optional<Standing> without(String store) {
          return Optional.empty();
        }

        @Override
        public Optional<Held> held(String store) {
          return Optional.empty();
        }
      };
}
