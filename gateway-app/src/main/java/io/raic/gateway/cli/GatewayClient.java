package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.DirectoryCap;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.MutableReadCap;
import io.raic.crypto.capability.MutableVerifyCap;
import io.raic.crypto.capability.MutableWriteCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Speaks to a gateway's web API; every failure is a {@link Failure} for the user to read. */
final class GatewayClient {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** While a gateway spreads or checks a file it says nothing, and that takes as long as it is. */
  private static final Duration ANSWER_BASE = Duration.ofMinutes(5);

  private static final long ANSWER_BYTES_PER_SECOND = 128 << 10;
  private static final Duration MAX_ANSWER = Duration.ofDays(7);

  /** To ask first takes the way there and back: too long for short files. */
  private static final long ASK_FIRST_BYTES = 1 << 20;

  /** More of an error nobody reads. */
  private static final int MAX_ERROR_BYTES = 4096;

  /** As a gateway says where a bad share is, and the share itself which it is. */
  private static final Pattern SHARE_TWICE =
      Pattern.compile("(share ([0-9]{1,3}) on [^:;\\s]{1,80}: )(?:share \\2: )+");

  private static final int UNAUTHORIZED = 401;
  private static final int MAX_JSON_BYTES = 16 << 20;

  private final HttpClient client;
  private final Optional<String> token;
  private final String base;
  private final Exchange exchange;
  private final Duration idleLimit;
  private final LongSupplier nanoClock;

  /**
   * Speaks to the gateway at {@code base}.
   *
   * @param token that it is shown, if there is one
   * @param trust whom to believe that it is the gateway, if not whom Java does
   * @param idleLimit how long a transfer may stand still
   */
  GatewayClient(
      URI base,
      Optional<String> token,
      Optional<SSLContext> trust,
      Duration idleLimit,
      LongSupplier nanoClock) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT);
    trust.ifPresent(builder::sslContext);
    this.client = builder.build();
    this.token = token;
    this.base = base.toString().replaceAll("/+$", "");
    this.exchange = new Exchange(client, this.base);
    this.idleLimit = idleLimit;
    this.nanoClock = nanoClock;
  }

  /**
   * Stores a file.
   *
   * @param length of {@code in}, if known
   */
  StoredFile put(InputStream in, OptionalLong length, boolean randomKey, Progress progress)
      throws Failure {
    var activity = new Activity(nanoClock, idleLimit);
    length.ifPresent(progress::expect);
    LongConsumer atEnd =
        sent -> {
          activity.expectAnswerWithin(answerLimit(sent));
          progress.waitingFor("for the gateway to store it");
        };
    var body = new BodyInput(in, activity, progress, atEnd);
    var request =
        request("/uri" + (randomKey ? "?random-key=true" : "")).PUT(publisher(body, length));
    // A gateway that cannot store a long file can say so before the file is sent.
    var answer =
        exchange.send(
            request.expectContinue(length.orElse(Long.MAX_VALUE) >= ASK_FIRST_BYTES).build(),
            _ -> new BodyToText(Capabilities.MAX_CHARACTERS),
            activity,
            progress);
    if (answer.statusCode() / 100 != 2) {
      throw refusal(answer.statusCode(), answer.body());
    }
    try {
      return new StoredFile(
          Capabilities.parse(answer.body().strip()).reveal(),
          answer.headers().firstValue("X-Raic-Redundancy").orElse(""));
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, "the gateway's answer is no capability", e);
    }
  }

  private static BodyPublisher publisher(InputStream in, OptionalLong length) {
    var stream = BodyPublishers.ofInputStream(() -> in);
    if (length.isEmpty()) {
      return stream;
    }
    return length.getAsLong() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(stream, length.getAsLong());
  }

  /** Writes the file of {@code cap} to {@code out} as it arrives. */
  void get(Capability cap, OutputStream out, Progress progress) throws Failure {
    var activity = new Activity(nanoClock, idleLimit);
    BodyHandler<Received> handler =
        info -> {
          if (info.statusCode() != 200) {
            return BodySubscribers.mapping(new BodyToText(MAX_ERROR_BYTES), Received.Text::new);
          }
          info.headers().firstValueAsLong("Content-Length").ifPresent(progress::expect);
          BodySubscriber<Long> file = new BodyToStream(out, activity, progress);
          return BodySubscribers.mapping(file, Received.File::new);
        };
    var answer = exchange.send(request(path(cap)).GET().build(), handler, activity, progress);
    switch (answer.body()) {
      case Received.Text(var error) -> throw refusal(answer.statusCode(), error);
      case Received.File(long bytes) -> {
        if (cap instanceof ReadCap read && bytes != read.size()) {
          throw new Failure(
              ExitCode.UNAVAILABLE,
              "the gateway sent %d bytes of a file of %d".formatted(bytes, read.size()));
        }
      }
    }
  }

  /** What came instead of a file, or the file. */
  private sealed interface Received {
    /**
     * An error.
     *
     * @param error its text
     */
    record Text(String error) implements Received {}

    /**
     * The file, already written.
     *
     * @param bytes how many
     */
    record File(long bytes) implements Received {}
  }

  /** Has the file of {@code cap} checked, and returns the gateway's JSON. */
  String check(Capability cap, boolean verify, boolean repair, Progress progress) throws Failure {
    var activity = new Activity(nanoClock, answerLimit(verify || repair ? size(cap) : 0));
    String query =
        "?t=check&output=JSON" + (verify ? "&verify=true" : "") + (repair ? "&repair=true" : "");
    var request = request(path(cap) + query).POST(BodyPublishers.noBody()).build();
    var answer = exchange.send(request, _ -> new BodyToText(MAX_JSON_BYTES), activity, progress);
    if (answer.statusCode() != 200) {
      throw refusal(answer.statusCode(), answer.body());
    }
    return answer.body();
  }

  /** Returns the size of the file of {@code cap}, or 0 if the capability does not tell. */
  private static long size(Capability cap) {
    return switch (cap) {
      case ReadCap read -> read.size();
      case VerifyCap verify -> verify.size();
      case LiteralCap literal -> literal.data().length();
      case DirectoryCap directory -> size(directory.node());
      case MutableWriteCap _, MutableReadCap _, MutableVerifyCap _ -> 0;
    };
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    var request =
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .header("Accept", "text/plain, application/octet-stream")
            .header("User-Agent", "raic");
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private static String path(Capability cap) {
    return "/uri/" + URLEncoder.encode(cap.reveal(), UTF_8);
  }

  private Duration answerLimit(long bytes) {
    long seconds = Math.min(bytes / ANSWER_BYTES_PER_SECOND, MAX_ANSWER.toSeconds());
    return ANSWER_BASE.plus(idleLimit).plusSeconds(seconds);
  }

  private static Failure refusal(int status, String body) {
    var code =
        switch (status) {
          case 410 -> ExitCode.UNRECOVERABLE;
          default -> status >= 500 ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        };
    String start = body.substring(0, Math.min(body.length(), MAX_ERROR_BYTES)).strip();
    start = SHARE_TWICE.matcher(start).replaceAll("$1");
    if (status == UNAUTHORIZED) {
      start += ": give it in RAIC_TOKEN, or with --token-file FILE";
    }
    return new Failure(
        code, "the gateway answers %d%s".formatted(status, start.isEmpty() ? "" : ": " + start));
  }
}
