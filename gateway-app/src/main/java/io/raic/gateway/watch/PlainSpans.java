package io.raic.gateway.watch;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets nothing of a span out but what is known to be harmless: whatever a library adds, such as the
 * message of an exception, may hold a URL, and a URL may be a capability. For any thread.
 */
public final class PlainSpans implements SpanExporter {
  private static final Set<String> SHOWN =
      Set.of(
          "method",
          "uri",
          "status",
          "outcome",
          "exception",
          Traces.PROVIDER,
          Traces.OPERATION,
          Traces.OBJECT,
          Traces.ERROR);

  private final SpanExporter exporter;

  /** Gives what may be shown to {@code exporter}. */
  public PlainSpans(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return exporter.export(spans.stream().<SpanData>map(Plain::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private static final class Plain extends DelegatingSpanData {
    private final Attributes attributes;
    private final StatusData status;

    Plain(SpanData span) {
      super(span);
      this.attributes =
          span.getAttributes().toBuilder().removeIf(key -> !SHOWN.contains(key.getKey())).build();
      this.status = StatusData.create(span.getStatus().getStatusCode(), "");
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
      return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public StatusData getStatus() {
      return status;
    }
  }
}
