package io.raic.gateway.cli;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A line on the terminal that tells how far a transfer is: bytes, share of the whole, rate and time
 * left. Silent when nobody looks, and for transfers that are over at once.
 *
 * <p>Any thread may {@link #advance}; one thread draws. No colours and no controls but the carriage
 * return are used.
 */
final class Progress implements AutoCloseable {
  private static final long UNKNOWN = -1;
  private static final long FIRST_NANOS = 500_000_000;
  private static final long REDRAW_NANOS = 200_000_000;
  private static final double NEW_RATE_WEIGHT = 0.25;
  private static final int BAR = 14;
  private static final int LINE = 78;

  private final Stdio stdio;
  private final boolean shown;
  private final long start;
  private final AtomicLong done = new AtomicLong();
  private volatile long total = UNKNOWN;
  private volatile String waitingFor = "";
  private long lastDraw;
  private long lastDone;
  private double bytesPerNano;
  private boolean drawn;
  private boolean lineOpen;

  private Progress(Stdio stdio, boolean shown) {
    this.stdio = stdio;
    this.shown = shown;
    this.start = stdio.nanoClock().getAsLong();
    this.lastDraw = start + FIRST_NANOS - REDRAW_NANOS;
  }

  /** Starts a line, which is never drawn if {@code quiet} or if standard error is no terminal. */
  static Progress start(Stdio stdio, boolean quiet) {
    return new Progress(stdio, stdio.terminal() && !quiet);
  }

  /** Tells how many bytes there will be, when that is known. */
  void expect(long bytes) {
    total = bytes;
  }

  /** Tells what is waited for, once no more bytes will pass. */
  void waitingFor(String what) {
    waitingFor = what;
  }

  /** Counts {@code bytes} more. */
  void advance(long bytes) {
    done.addAndGet(bytes);
  }

  /** Draws the line again if it is time to. */
  void tick() {
    long now = stdio.nanoClock().getAsLong();
    if (shown && now - lastDraw >= REDRAW_NANOS) {
      draw(now);
    }
  }

  /** Remarks something, below the line if one stands there. */
  void remark(String text) {
    endLine();
    stdio.remark(text);
  }

  /** Leaves the last state of the line standing, so that what follows begins a line of its own. */
  @Override
  public void close() {
    if (lineOpen) {
      draw(stdio.nanoClock().getAsLong());
      endLine();
    }
  }

  private void endLine() {
    if (lineOpen) {
      stdio.err().println();
      lineOpen = false;
    }
  }

  private void draw(long now) {
    long bytes = done.get();
    // Before the first drawing lies a longer time than between two.
    long since = drawn ? lastDraw : start;
    double rate = (bytes - lastDone) / (double) Math.max(1, now - since);
    bytesPerNano = drawn ? bytesPerNano * (1 - NEW_RATE_WEIGHT) + rate * NEW_RATE_WEIGHT : rate;
    String line = waitingFor.isEmpty() ? moving(bytes, now) : resting(bytes, now);
    stdio.err().print("\r" + line + " ".repeat(Math.max(0, LINE - line.length())));
    stdio.err().flush();
    drawn = true;
    lineOpen = true;
    lastDraw = now;
    lastDone = bytes;
  }

  private String moving(long bytes, long now) {
    String rate = ByteCount.text((long) (bytesPerNano * 1e9)) + "/s";
    if (total <= 0) {
      return "%s  %s  %s".formatted(ByteCount.text(bytes), rate, clock(now - start));
    }
    double share = Math.min(1, bytes / (double) total);
    int filled = (int) (share * BAR);
    String left =
        bytesPerNano > 0 ? clock((long) (Math.max(0, total - bytes) / bytesPerNano)) : "-:--";
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d %%  %s of %s  %s  ETA %s",
        "=".repeat(filled),
        " ".repeat(BAR - filled),
        (int) (share * 100),
        ByteCount.text(bytes),
        ByteCount.text(total),
        rate,
        left);
  }

  private String resting(long bytes, long now) {
    String sent = bytes == 0 ? "" : ByteCount.text(bytes) + " sent, ";
    return "%swaiting %s  %s".formatted(sent, waitingFor, clock(now - start));
  }

  private static String clock(long nanos) {
    long seconds = nanos / 1_000_000_000;
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
