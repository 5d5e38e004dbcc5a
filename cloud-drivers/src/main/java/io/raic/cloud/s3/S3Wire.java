package io.raic.cloud.s3;

import io.raic.cloud.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The connections below the SDK: Apache's client without anything that repeats, follows, unpacks or
 * remembers, and without timeouts of its own for what {@link S3Call} cuts.
 *
 * <p>The SDK's own clients of the same library copy a body in pieces of a few KB and cannot be told
 * when to give up; this one hands the array to the socket. {@code Expect: 100-continue} is not
 * sent: it would cost each part a round trip, to save sending one that is refused, which is rare.
 */
final class S3Wire implements SdkHttpClient {
  /** The most connections of a store: open downloads and requests at once. More wait. */
  static final int MAX_CONNECTIONS = 128;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Providers change addresses behind a name; a connection does not outlive that by long. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  /** A connection that was idle for longer is looked at: servers end them after some seconds. */
  private static final Duration TRUSTED = Duration.ofSeconds(1);

  private final PoolingHttpClientConnectionManager pool;
  private final CloseableHttpClient client;

  S3Wire() {
    pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS)
            .setDefaultSocketConfig(
                SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(Timeout.DISABLED).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT))
                    .setSocketTimeout(Timeout.DISABLED)
                    .setTimeToLive(TimeValue.of(LIFE))
                    .setValidateAfterInactivity(TimeValue.of(TRUSTED))
                    .build())
            .build();
    client =
        HttpClients.custom()
            .setConnectionManager(pool)
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableConnectionState()
            .disableDefaultUserAgent()
            .build();
  }

  @Override
  public String clientName() {
    return "raic";
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest asked) {
    var call = S3Call.CURRENT.get();
    var request = request(asked, call);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        request.setConfig(config(call.deadline()));
        call.sends(request);
        return answer(request, call);
      }

      @Override
      public void abort() {
        request.cancel();
      }
    };
  }

  private static HttpUriRequestBase request(HttpExecuteRequest asked, S3Call call) {
    SdkHttpRequest from = asked.httpRequest();
    var request = new HttpUriRequestBase(from.method().name(), from.getUri());
    from.forEachHeader((name, values) -> {
      if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)
          && !name.equalsIgnoreCase(HttpHeaders.EXPECT)) {
        values.forEach(value -> request.addHeader(name, value));
      }
    });
    asked
        .contentStreamProvider()
        .ifPresent(content -> {
          long length =
              from.firstMatchingHeader(HttpHeaders.CONTENT_LENGTH).map(Long::parseLong).orElse(-1L);
          request.setEntity(new S3Body(content, length, call));
        });
    return request;
  }

  /** An attempt makes several requests now and then, and a later one may be too late. */
  private static RequestConfig config(Deadline deadline) throws IOException {
    long millis = deadline.remaining().toMillis();
    if (deadline.isOver()) {
      throw new IOException("the deadline is over");
    }
    return RequestConfig.custom()
        .setConnectionRequestTimeout(Timeout.ofMilliseconds(Math.max(1, millis)))
        .setResponseTimeout(Timeout.DISABLED)
        .setExpectContinueEnabled(false)
        .setProtocolUpgradeEnabled(false)
        .setAuthenticationEnabled(false)
        .build();
  }

  private HttpExecuteResponse answer(HttpUriRequestBase request, S3Call call) throws IOException {
    try {
      var response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
      call.moved();
      return answer(request, response, call);
    } catch (HttpException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static HttpExecuteResponse answer(
      HttpUriRequestBase request, ClassicHttpResponse response, S3Call call) throws IOException {
    var answer =
        SdkHttpFullResponse.builder()
            .statusCode(response.getCode())
            .statusText(Objects.requireNonNullElse(response.getReasonPhrase(), ""));
    for (var header : response.getHeaders()) {
      answer.appendHeader(header.getName(), header.getValue());
    }
    var entity = response.getEntity();
    var built = HttpExecuteResponse.builder().response(answer.build());
    if (entity == null) {
      response.close();
      return built.build();
    }
    long most = call.answerBytes(response.getCode());
    var body =
        most == Long.MAX_VALUE
            ? new LongAnswer(entity.getContent(), request)
            : new ShortAnswer(entity.getContent(), call, most);
    return built.responseBody(AbortableInputStream.create(body, request::cancel)).build();
  }

  /**
   * An object. The client reads what is left of it when it is closed, to keep the connection; the
   * SDK closes it when the thread was interrupted, which it takes back before: nothing would end
   * that but the deadline.
   */
  private static final class LongAnswer extends FilterInputStream {
    private final HttpUriRequestBase request;
    private boolean isAtEnd;

    LongAnswer(InputStream in, HttpUriRequestBase request) {
      super(in);
      this.request = request;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      isAtEnd |= read < 0;
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      isAtEnd |= count < 0;
      return count;
    }

    @Override
    public void close() throws IOException {
      if (!isAtEnd) {
        request.cancel();
      }
      super.close();
    }
  }

  /** An answer that is read at once by the SDK, which would read any number of bytes. */
  private static final class ShortAnswer extends FilterInputStream {
    private final S3Call call;
    private long left;

    ShortAnswer(InputStream in, S3Call call, long most) {
      super(in);
      this.call = call;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) throws IOException {
      call.moved();
      left -= bytes;
      if (left < 0) {
        throw new IOException("the answer does not end");
      }
    }
  }

  /**
   * Closes the connections that nobody uses. Where one stood still the others may be as dead, and
   * nothing but the next request would find out, each for a step.
   */
  void closeIdle() {
    pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
    pool.close(CloseMode.IMMEDIATE);
  }
}
