package io.raic.gateway.admin;

import java.util.Arrays;
import java.util.Optional;

/** What can be done with a file by its verify capability. */
public enum FileWork {
  /** Its shares are looked for. */
  CHECK("check", "Check", "Looks for every share, and at what proves it."),
  /** Every byte of them is read. */
  VERIFY("verify", "Verify", "Reads every byte of every share."),
  /** Those that are missing are made. */
  REPAIR("repair", "Repair", "Reads every byte, and makes missing and bad shares again.");

  private final String path;
  private final String label;
  private final String words;

  FileWork(String path, String label, String words) {
    this.path = path;
    this.label = label;
    this.words = words;
  }

  static Optional<FileWork> find(String path) {
    return Arrays.stream(values()).filter(work -> work.path.equals(path)).findFirst();
  }

  /** Returns it as addresses have it. */
  public String path() {
    return path;
  }

  /** Returns it as a button has it. */
  public String label() {
    return label;
  }

  /** Returns what it does. */
  public String words() {
    return words;
  }
}
