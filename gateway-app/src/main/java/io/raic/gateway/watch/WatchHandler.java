package io.raic.gateway.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.web.HostNames;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** All that there is on the port for those who watch. */
final class WatchHandler extends Handler.Abstract {
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain;charset=utf-8";

  private final Probes probes;
  private final Metrics metrics;
  private final HostNames hosts;

  private record Answer(int code, String type, String body) {
    static Answer of(ProbeAnswer probe) {
      return new Answer(probe.code(), JSON, probe.json());
    }

    static Answer of(int code) {
      return new Answer(code, TEXT, HttpStatus.getMessage(code) + "\n");
    }
  }

  WatchHandler(Probes probes, Metrics metrics, HostNames hosts) {
    this.probes = probes;
    this.metrics = metrics;
    this.hosts = hosts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    write(answer(request), response, callback);
    return true;
  }

  private Answer answer(Request request) {
    if (!hosts.include(Request.getServerName(request))) {
      return Answer.of(421);
    }
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      return Answer.of(405);
    }
    return switch (Request.getPathInContext(request)) {
      case "/livez" -> Answer.of(probes.live());
      case "/readyz" -> Answer.of(probes.ready());
      case "/startupz" -> Answer.of(probes.startup());
      case "/health/cluster" -> Answer.of(cluster(request));
      case "/actuator/prometheus" -> new Answer(200, Metrics.TYPE, metrics.scrape());
      default -> Answer.of(404);
    };
  }

  private ProbeAnswer cluster(Request request) {
    Fields query = Request.extractQueryParameters(request);
    return Optional.ofNullable(query.getValue("without"))
        .map(probes::without)
        .orElseGet(probes::all);
  }

  /** Answers what is no HTTP, or went wrong, without showing anything of it. */
  static boolean answerError(Request request, Response response, Callback callback) {
    write(Answer.of(response.getStatus()), response, callback);
    return true;
  }

  private static void write(Answer answer, Response response, Callback callback) {
    var headers = response.getHeaders();
    response.setStatus(answer.code());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CONTENT_TYPE, answer.type());
    byte[] body = answer.body().getBytes(UTF_8);
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
