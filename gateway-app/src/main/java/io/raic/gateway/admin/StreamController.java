package io.raic.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.web.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Tells open pages what is new, by server-sent events: names of topics, nothing else. Each listener
 * has a thread, a virtual one, so that a slow one keeps up nobody.
 */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class StreamController {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Then the page has to ask again, and so show that it still may. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Feed feed;
  private final Listeners listeners = new Listeners();

  StreamController(Feed feed) {
    this.feed = feed;
  }

  /** Answers with a stream that goes on until the listener goes, or the gateway ends. */
  @GetMapping("/admin/stream")
  public void stream(HttpServletRequest request, HttpServletResponse response) {
    String user = Visitor.of(request).name();
    var seat =
        listeners
            .enter(user)
            .orElseThrow(() -> new BadRequestException(503, "too many pages are open"));
    try {
      send(response);
    } catch (IOException | InterruptedException _) {
      // The listener has gone, or another page of the user has taken the place.
    } finally {
      seat.leave();
    }
  }

  private void send(HttpServletResponse response) throws IOException, InterruptedException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    var reader = feed.reader();
    long end = System.nanoTime() + LONGEST.toNanos();
    write(response, "retry: 1000\nevent: hello\ndata: .\n\n");
    while (!feed.isClosed() && System.nanoTime() - end < 0) {
      var text = new StringBuilder();
      for (var topic : reader.await(HEARTBEAT)) {
        text.append("event: ").append(topic.event()).append("\ndata: .\n\n");
      }
      write(response, text.isEmpty() ? ": still here\n\n" : text.toString());
    }
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(UTF_8));
    response.getOutputStream().flush();
  }
}
