package io.raic.gateway.grid;

import io.raic.crypto.capability.StorageIndex;
import io.raic.gateway.schedule.Mailbox;
import io.raic.gateway.schedule.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Asks all stores what they hold of a file. For any number of threads. */
final class Surveyor {
  private final List<Store> stores;
  private final Limits limits;
  private final Tempos tempos;
  private final Scheduler scheduler;

  Surveyor(List<Store> stores, Limits limits, Tempos tempos, Scheduler scheduler) {
    this.stores = stores;
    this.limits = limits;
    this.tempos = tempos;
    this.scheduler = scheduler;
  }

  /** Returns the survey of a file that nobody can have stored yet. */
  Survey ofNothing() {
    return new Survey(stores.stream().map(s -> new ShareSearch.Answer(s, List.of(), "")).toList());
  }

  /** Waits for all stores, at most for {@code limit}. */
  Survey whole(StorageIndex storageIndex, Duration limit) throws IOException {
    return ask(storageIndex, limit, _ -> false);
  }

  /**
   * Waits for all stores, at most for {@code limit}; once those that answered are enough, for
   * nobody for longer than it usually takes, nor than the grace, and not at all for a suspect.
   * Those not waited for count as silent; they may still answer, so that it is known that they do.
   *
   * @param isEnough says whether no more answers are needed
   */
  Survey enough(StorageIndex storageIndex, Duration limit, Predicate<Survey> isEnough)
      throws IOException {
    return ask(storageIndex, limit, isEnough);
  }

  private Survey ask(StorageIndex storageIndex, Duration limit, Predicate<Survey> isEnough)
      throws IOException {
    var heard = new Mailbox<ShareSearch.Answer>(scheduler, stores.size());
    long start = scheduler.nanoTime();
    var search =
        ShareSearch.start(
            stores,
            storageIndex,
            limit,
            scheduler,
            answer -> {
              note(answer, scheduler.nanoTime() - start);
              heard.add(answer);
            });
    var answers = new ArrayList<ShareSearch.Answer>();
    // A store whose time is over says so itself, after its circuit has heard of it.
    long end = start + limit.plus(Tempo.FLOOR).toNanos();
    boolean goesOn = false;
    try {
      while (answers.size() < stores.size() && end - scheduler.nanoTime() > 0) {
        var answer = heard.poll(end - scheduler.nanoTime());
        answer.ifPresent(answers::add);
        if (answer.isPresent() && !goesOn && isEnough.test(survey(answers, start))) {
          goesOn = true;
        }
        if (goesOn) {
          long graceEnd = start + graceNanos(answers, scheduler.nanoTime() - start);
          end = graceEnd - end < 0 ? graceEnd : end;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      goesOn = false;
      throw new IOException("interrupted while asking the stores", e);
    } finally {
      if (!goesOn) {
        search.close();
      }
    }
    var silent = silent(answers);
    silent.forEach(store -> tempos.of(store).missed());
    return survey(answers, start);
  }

  private void note(ShareSearch.Answer answer, long nanos) {
    var tempo = tempos.of(answer.store());
    if (!answer.failed()) {
      tempo.answered(Tempo.Wait.LIST, nanos);
    } else if (!Thread.currentThread().isInterrupted()) {
      // One that is not waited for any more has not failed.
      tempo.missed();
    }
  }

  /** Returns how long after the start those that have not answered are waited for. */
  private long graceNanos(List<ShareSearch.Answer> answers, long now) {
    long longest = 0;
    for (var store : silent(answers)) {
      var tempo = tempos.of(store);
      if (!tempo.isOnProbation()) {
        long most = now + limits.grace().toNanos();
        long usual = Math.max(tempo.lateNanos(Tempo.Wait.LIST), now + Tempo.FLOOR.toNanos());
        longest = Math.max(longest, tempo.isKnown(Tempo.Wait.LIST) ? Math.min(usual, most) : most);
      }
    }
    return longest;
  }

  private Set<Store> silent(List<ShareSearch.Answer> answers) {
    var silent = new HashSet<>(stores);
    answers.forEach(answer -> silent.remove(answer.store()));
    return silent;
  }

  private Survey survey(List<ShareSearch.Answer> answers, long start) {
    long waited = (scheduler.nanoTime() - start) / 1_000_000;
    return new Survey(stores.stream().map(store -> answerOf(store, answers, waited)).toList());
  }

  private static ShareSearch.Answer answerOf(
      Store store, List<ShareSearch.Answer> answers, long waitedMillis) {
    return answers.stream()
        .filter(answer -> answer.store().equals(store))
        .findFirst()
        .orElseGet(() ->
            ShareSearch.Answer.failed(
                store, "%s: no answer within %d ms".formatted(store.id(), waitedMillis)));
  }
}
