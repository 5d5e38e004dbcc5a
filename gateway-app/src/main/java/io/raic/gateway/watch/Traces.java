package io.raic.gateway.watch;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.gateway.schedule.Scheduler;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What puts the calls to providers into the trace of the request that they are made for. Without
 * traces, nothing: then {@code around} returns what it is given. For any thread.
 */
public final class Traces {
  static final String PROVIDER = "raic.provider";
  static final String OPERATION = "raic.operation";
  static final String OBJECT = "raic.object";
  static final String ERROR = "raic.error";

  private final Optional<Tracer> tracer;

  /** Tells {@code tracer}, if there is to be one. */
  public Traces(Optional<Tracer> tracer) {
    this.tracer = tracer;
  }

  /** Returns a scheduler whose strands belong to the trace of whoever starts them. */
  public Scheduler around(Scheduler scheduler) {
    return tracer.<Scheduler>map(t -> new TracedScheduler(scheduler, t)).orElse(scheduler);
  }

  /** Returns a store whose calls are spans. */
  public CloudBackend around(CloudBackend backend) {
    return tracer.<CloudBackend>map(t -> new TracedBackend(backend, t)).orElse(backend);
  }

  /**
   * Makes a call as a span. Its name and what it says hold nothing but what the provider gets to
   * see anyway: of an error its kind only.
   */
  static <T> T span(
      Tracer tracer,
      String provider,
      Operation operation,
      Optional<ObjectKey> object,
      Supplier<T> call) {
    String word = operation.name().toLowerCase(Locale.ROOT);
    var span =
        tracer
            .nextSpan()
            .name("provider " + word)
            .tag(PROVIDER, provider)
            .tag(OPERATION, word)
            .start();
    object.ifPresent(key -> span.tag(OBJECT, key.text()));
    try (var _ = tracer.withSpan(span)) {
      return call.get();
    } catch (RuntimeException e) {
      noteError(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  private static void noteError(Span span, RuntimeException failure) {
    span.tag(ERROR, failure.getClass().getSimpleName());
  }
}
