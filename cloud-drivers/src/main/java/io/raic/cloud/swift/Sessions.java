package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The token of a store: got when it is first needed, renewed before it ends or once it was refused,
 * by one thread at a time. For any thread.
 */
final class Sessions {
  /** For renewing early, in the time of a caller who could do without. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  /** How long nobody renews early after that has failed. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final Login login;
  private final SwiftHttp http;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Optional<Session> current = Optional.empty();

  /** When renewing early failed last, by {@link System#nanoTime}. */
  private volatile Optional<Long> failed = Optional.empty();

  Sessions(Login login, SwiftHttp http) {
    this.login = login;
    this.http = http;
  }

  /** Returns a session that is good as far as anybody can tell. */
  Session get(Request about, Deadline deadline) {
    var now = current;
    if (now.isEmpty() || now.get().isOver()) {
      return renew(now, about, deadline);
    }
    if (now.get().shouldBeRenewed() && !isPausing() && renewing.tryLock()) {
      try {
        return logInUnlessDone(now, about, shorter(deadline));
      } catch (BackendException _) {
        // The old one is still good.
        failed = Optional.of(System.nanoTime());
        return now.get();
      } finally {
        renewing.unlock();
      }
    }
    return now.get();
  }

  private boolean isPausing() {
    return failed.filter(then -> System.nanoTime() - then < PAUSE.toNanos()).isPresent();
  }

  private static Deadline shorter(Deadline deadline) {
    return deadline.remaining().compareTo(SHORT) < 0 ? deadline : Deadline.in(SHORT);
  }

  /** Returns another session in place of one that the store refused. */
  Session renewed(Session refused, Request about, Deadline deadline) {
    return renew(Optional.of(refused), about, deadline);
  }

  private Session renew(Optional<Session> old, Request about, Deadline deadline) {
    try {
      if (!renewing.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new BackendException.Unavailable(about, "nobody could log in in time");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new BackendException.Unavailable(about, "interrupted");
    }
    try {
      return logInUnlessDone(old, about, deadline);
    } finally {
      renewing.unlock();
    }
  }

  private Session logInUnlessDone(Optional<Session> old, Request about, Deadline deadline) {
    var now = current;
    if (now.isPresent() && !now.equals(old)) {
      return now.get();
    }
    var session = login.logIn(http, about, deadline);
    current = Optional.of(session);
    return session;
  }
}
