package io.raic.cloud.swift;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import io.raic.cloud.call.Watch;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests and waits for their answers, each of them once: nothing is repeated, redirected,
 * decompressed or remembered here. For any thread.
 *
 * <p>Apache's classic client, because it blocks, which is what virtual threads are for, because
 * bytes go between socket and caller without a detour through buffers and other threads (the JDK's
 * client has both), and because a request can be ended from outside at any point.
 */
final class SwiftHttp implements AutoCloseable {
  /** How many requests are made at once; the others wait for a connection. */
  private static final int MAX_CONNECTIONS = 128;

  private static final int MAX_HEADERS = 200;
  private static final int MAX_LINE_CHARACTERS = 16 << 10;
  private static final int BUFFER_BYTES = 16 << 10;

  /** From here on a body waits for the server to want it. */
  private static final long EXPECT_BYTES = 64 << 10;

  /** A server that knows nothing of that costs this once a request. */
  private static final Timeout EXPECT_WAIT = Timeout.ofSeconds(1);

  private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(15);

  /** Of an answer that nobody reads; a longer one costs the connection. */
  private static final int MAX_IGNORED_BYTES = 64 << 10;

  private static final RequestConfig PLAIN = config().build();
  private static final RequestConfig EXPECTING = config().setExpectContinueEnabled(true).build();

  private final CloseableHttpClient client;
  private final PoolingHttpClientConnectionManager connections;

  SwiftHttp() {
    var http =
        Http1Config.custom()
            .setBufferSize(BUFFER_BYTES)
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_LINE_CHARACTERS)
            .setWaitForContinueTimeout(EXPECT_WAIT)
            .build();
    connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(CONNECT_LIMIT)
                    // A watch ends what stands still.
                    .setSocketTimeout(Timeout.DISABLED)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .setTimeToLive(TimeValue.ofMinutes(10))
                    .build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setRequestExecutor(new HttpRequestExecutor(http, null, null))
            .setDefaultRequestConfig(PLAIN)
            .setUserAgent("raic")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState()
            .build();
  }

  private static RequestConfig.Builder config() {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.DISABLED)
        .setResponseTimeout(Timeout.DISABLED)
        .setAuthenticationEnabled(false)
        .setProtocolUpgradeEnabled(false);
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @param maxBytes of the body; if it is longer that is an error, unless it is 0: then nobody
   *     wants it
   */
  Answer exchange(Request about, HttpUriRequestBase request, Deadline deadline, int maxBytes) {
    try (var watch = Watch.of(deadline, request::abort)) {
      try (var exchange = start(request, watch)) {
        var body = exchange.body().readNBytes((maxBytes == 0 ? MAX_IGNORED_BYTES : maxBytes) + 1);
        if (maxBytes > 0 && body.length > maxBytes) {
          throw SwiftErrors.tooLong(about, maxBytes);
        }
        return new Answer(exchange.head(), body);
      } catch (IOException | IllegalStateException e) {
        throw failed(about, e, watch.isCut());
      }
    }
  }

  /** Sends a request and waits for the head of its answer, of an error also for the rest. */
  Exchange open(Request about, HttpUriRequestBase request, Deadline deadline) {
    try (var watch = Watch.of(deadline, request::abort)) {
      try {
        var exchange = start(request, watch);
        if (exchange.status() >= 300) {
          // What it says goes nowhere, but the connection is free then.
          exchange.body().readNBytes(MAX_IGNORED_BYTES);
        }
        return exchange;
      } catch (IOException | IllegalStateException e) {
        throw failed(about, e, watch.isCut());
      }
    }
  }

  private BackendException failed(Request about, Exception e, boolean isCut) {
    if (isCut) {
      // Those that nobody uses may be as dead, and would cost a request each to find out.
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
    }
    return SwiftErrors.of(about, e, isCut);
  }

  private Exchange start(HttpUriRequestBase request, Watch watch) throws IOException {
    var entity = request.getEntity();
    if (entity instanceof Body body) {
      body.onMove(watch::moved);
    }
    boolean isLong = entity != null && entity.getContentLength() >= EXPECT_BYTES;
    request.setConfig(isLong ? EXPECTING : PLAIN);
    var host = new HttpHost(request.getScheme(), request.getAuthority());
    var response = client.executeOpen(host, request, HttpClientContext.create());
    watch.moved();
    return new Exchange(request, response);
  }

  /** Ends every request. */
  @Override
  public void close() {
    connections.close(CloseMode.IMMEDIATE);
    client.close(CloseMode.IMMEDIATE);
  }
}
