package io.raic.gateway.provider;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import io.raic.gateway.provider.StepResult.Done;
import io.raic.gateway.provider.StepResult.Failed;
import io.raic.gateway.provider.StepResult.Outcome;
import io.raic.gateway.provider.StepResult.Skipped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a trial does with a store, one step after the other; some build on those before. For one
 * thread.
 */
final class TrialSteps {
  /** How long one step of the store may take. */
  static final Duration STEP = Duration.ofSeconds(30);

  /** What is large enough to be sent in parts where the store has no parts. */
  private static final long LARGE_BYTES = 1 << 20;

  private static final TrialObject FIRST = new TrialObject(1, 4000);
  private static final TrialObject SECOND = new TrialObject(2, 3000);
  private static final TrialObject THIRD = new TrialObject(3, 5000);
  private static final ByteRange RANGE = new ByteRange(1000, 1234);
  private static final Outcome NOTHING_PUT = new Skipped("nothing was put");
  private static final Duration SOON = Duration.ofDays(30);

  private final CloudBackend backend;
  private final String prefix;
  private final Instant now;
  private final ObjectKey small;
  private final ObjectKey large;
  private final List<ObjectKey> written = new ArrayList<>();
  private Optional<ObjectInfo> put = Optional.empty();
  private TrialObject there = FIRST;

  /**
   * Prepares the steps.
   *
   * @param prefix under which nobody else has objects
   */
  TrialSteps(CloudBackend backend, String prefix, Instant now) {
    this.backend = backend;
    this.prefix = prefix;
    this.now = now;
    this.small = ObjectKey.of(prefix + "small");
    this.large = ObjectKey.of(prefix + "large");
  }

  /** Returns the steps in their order, by what they do. */
  Map<String, Supplier<Outcome>> all() {
    var steps = new LinkedHashMap<String, Supplier<Outcome>>();
    steps.put("reach it and log in", this::probe);
    steps.put("put an object", this::put);
    steps.put("stat", this::stat);
    steps.put("get a range", () -> get(RANGE));
    steps.put("get all of it", () -> get(ByteRange.ALL));
    steps.put("list", this::list);
    steps.put("refuse to create it again", this::createAgain);
    steps.put("replace the version seen", this::replaceSeen);
    steps.put("refuse to replace another", this::replaceOther);
    steps.put("overwrite", this::overwrite);
    steps.put("delete", () -> delete(true));
    steps.put("delete it again", () -> delete(false));
    steps.put("put and get a large object", this::putLarge);
    steps.put("capacity", this::capacity);
    steps.put("end of the credentials", this::credentials);
    return steps;
  }

  /** Returns the keys that may still be there. */
  List<ObjectKey> left() {
    return List.copyOf(written);
  }

  private Deadline deadline() {
    return Deadline.in(STEP);
  }

  private Outcome probe() {
    backend.probe(deadline());
    return new Done("");
  }

  private Outcome put() {
    written.add(small);
    var precondition = backend.traits().createOnly() ? Precondition.absent() : Precondition.none();
    try {
      put = Optional.of(FIRST.write(backend, small, precondition, STEP));
    } catch (BackendException e) {
      if (!e.canRetryHelp()) {
        written.remove(small);
      }
      throw e;
    }
    return new Done("%d bytes".formatted(FIRST.length()));
  }

  private Outcome stat() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    var found = backend.stat(small, deadline());
    if (found.isEmpty()) {
      return wrong("an object that was just put is not there");
    }
    return found.get().size() == FIRST.length()
        ? new Done("")
        : wrong("it tells %d bytes, not %d".formatted(found.get().size(), FIRST.length()));
  }

  private Outcome get(ByteRange range) {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    return there
        .compare(backend, small, range, STEP)
        .map(TrialSteps::wrong)
        .orElseGet(() -> new Done("the same"));
  }

  private Outcome list() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    var page = backend.list(prefix, Optional.empty(), 10, deadline());
    return page.objects().stream().anyMatch(object -> object.key().equals(small))
        ? new Done("")
        : new Failed(
            "an object that was just put is not listed",
            "if it is there a little later, the provider's listings lag: new shares are found late",
            true);
  }

  private Outcome createAgain() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    if (!backend.traits().createOnly()) {
      return new Skipped("this provider cannot");
    }
    return refused(SECOND, Precondition.absent());
  }

  private Outcome replaceSeen() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    if (!backend.traits().replaceIfMatches()) {
      return new Skipped("this provider cannot");
    }
    var version = backend.stat(small, deadline()).map(ObjectInfo::version);
    if (version.isEmpty()) {
      return wrong("the object is gone");
    }
    var precondition = new Precondition.Matches(version.get());
    SECOND.write(backend, small, precondition, STEP);
    there = SECOND;
    return get(ByteRange.ALL);
  }

  private Outcome replaceOther() {
    if (there.equals(FIRST) || put.isEmpty()) {
      return new Skipped("nothing was replaced");
    }
    return refused(THIRD, new Precondition.Matches(put.get().version()));
  }

  private Outcome refused(TrialObject other, Precondition precondition) {
    try {
      other.write(backend, small, precondition, STEP);
      there = other;
      return new Failed(
          "it was written all the same",
          "the provider does not keep the condition it was sent: use its newest version, or tell"
              + " who maintains the driver",
          false);
    } catch (BackendException.PreconditionFailed _) {
      return get(ByteRange.ALL);
    }
  }

  private Outcome overwrite() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    THIRD.write(backend, small, Precondition.none(), STEP);
    there = THIRD;
    return get(ByteRange.ALL);
  }

  private Outcome delete(boolean isThere) {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    boolean wasThere = backend.delete(small, deadline());
    if (isThere && backend.stat(small, deadline()).isPresent()) {
      return wrong("it is still there");
    }
    written.remove(small);
    return wasThere == isThere
        ? new Done(isThere ? "" : "nothing was there")
        : wrong(isThere ? "it says that nothing was there" : "it says that it was still there");
  }

  private Outcome putLarge() {
    if (put.isEmpty()) {
      return NOTHING_PUT;
    }
    long parts = Math.max(LARGE_BYTES, backend.traits().parts().usual()) + 1;
    var object = new TrialObject(4, Math.min(parts, backend.traits().maxObjectBytes()));
    written.add(large);
    object.write(backend, large, Precondition.none(), STEP);
    var wrong = object.compare(backend, large, ByteRange.ALL, STEP);
    backend.delete(large, deadline());
    written.remove(large);
    return wrong
        .map(TrialSteps::wrong)
        .orElseGet(() -> new Done("%d bytes, the same".formatted(object.length())));
  }

  private Outcome capacity() {
    return backend
        .capacity(deadline())
        .<Outcome>map(
            room -> new Done("%d of %d bytes free".formatted(room.freeBytes(), room.totalBytes())))
        .orElseGet(() -> new Skipped("this provider does not tell"));
  }

  private Outcome credentials() {
    var end = backend.credentialsEnd();
    if (end.isEmpty()) {
      return new Skipped("never, or not known");
    }
    if (end.get().isBefore(now)) {
      return new Failed("they ended at " + end.get(), "renew them at the provider", false);
    }
    return new Done(
        end.get().isBefore(now.plus(SOON))
            ? "SOON: %s: renew them".formatted(end.get())
            : end.get().toString());
  }

  private static Outcome wrong(String what) {
    return new Failed(
        what,
        "the provider does not do what it has to: run the test again; if it stays so, do not use it",
        false);
  }
}
