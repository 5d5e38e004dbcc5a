package io.raic.gateway.provider;

import java.time.Duration;

/**
 * What became of a step of a trial.
 *
 * @param step what was done, in a few words
 * @param outcome how it went
 * @param took how long
 */
public record StepResult(String step, Outcome outcome, Duration took) {
  /** How a step went. */
  public sealed interface Outcome {}

  /**
   * It went as it should.
   *
   * @param detail what was learnt; empty if nothing was
   */
  public record Done(String detail) implements Outcome {}

  /**
   * It was not tried.
   *
   * @param why in words
   */
  public record Skipped(String why) implements Outcome {}

  /**
   * It went wrong.
   *
   * @param what happened, as the provider or its driver says
   * @param advice what is probably wrong, and what to do; empty if nobody knows
   * @param canPass whether it can go well later without anybody changing anything
   */
  public record Failed(String what, String advice, boolean canPass) implements Outcome {}
}
