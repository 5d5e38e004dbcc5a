package io.raic.benchmarks.system;

import java.io.IOException;
import java.util.List;

/** One thing that is measured. */
sealed interface Scenario
    permits Upload,
        Download,
        Rclone,
        Rebuild,
        Hung,
        Slow,
        Faults,
        Memory,
        Small,
        Ranges,
        RoundTrips,
        Start {
  /** All of them, in an order that lets neighbours share a warm gateway. */
  List<Scenario> ALL =
      List.of(
          new Upload(false),
          new Upload(true),
          new Download(),
          new Rclone(),
          new Rebuild(),
          new Hung(false),
          new Hung(true),
          new Slow(),
          new Faults(),
          new Memory(),
          new Small(),
          new Ranges(),
          new RoundTrips(),
          new Start());

  /** Returns the word for the command line. */
  String name();

  /** Returns what is measured, in a few words. */
  String about();

  /**
   * Measures it. The stores are healthy before and need not be afterwards.
   *
   * @throws IOException if it cannot be measured, or if the gateway fails where it must not
   */
  void run(Rig rig, Report report) throws IOException;
}
