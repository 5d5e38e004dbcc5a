package io.raic.cloud.box.fake;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Downloads: a redirect to a URL that works for a while, and that URL. */
final class DownloadsApi {
  private static final Duration LIFE = Duration.ofMinutes(15);
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");

  private record Ticket(FakeItem.Version version, Instant end) {}

  private final FakeDisk disk;
  private final FakeClock clock;
  private final FakeFaults faults;
  private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
  private volatile boolean takesTokens;

  DownloadsApi(FakeDisk disk, FakeClock clock, FakeFaults faults) {
    this.disk = disk;
    this.clock = clock;
    this.faults = faults;
  }

  void takeTokens() {
    takesTokens = true;
  }

  /** {@code GET /2.0/files/ID/content}. */
  void redirect(FakeRequest request) throws IOException {
    var file = disk.file(request.part(2));
    var version = version(file, request.query("version"));
    if (faults.take(FakeFaults.Kind.NOT_READY, "download")) {
      request.setHeader("Retry-After", "1");
      request.answer(202);
      return;
    }
    String ticket = UUID.randomUUID().toString();
    tickets.put(ticket, new Ticket(version, clock.now().plus(LIFE)));
    // Another host than that of the API: clients keep their token from it.
    String port = request.header("Host").orElse("").replaceFirst(".*:", "");
    request.setHeader("Location", "http://localhost:%s/dl/%s".formatted(port, ticket));
    request.answer(302);
  }

  private static FakeItem.Version version(FakeItem.File file, Optional<String> id) {
    return id.map(wanted ->
            file.versions().stream()
                .filter(v -> v.id().equals(wanted))
                .findFirst()
                .orElseThrow(Refusal::notFound))
        .orElseGet(file::current);
  }

  /** {@code GET /dl/TICKET}: another host in truth, which wants nobody's token. */
  void body(FakeRequest request) throws IOException {
    if (!takesTokens && request.header("Authorization").isPresent()) {
      throw Refusal.badRequest("Only one authentication mechanism is allowed");
    }
    var ticket = tickets.get(request.part(1));
    if (ticket == null || !clock.now().isBefore(ticket.end())) {
      throw Refusal.notFound();
    }
    var body = ticket.version().body();
    long from = 0;
    long to = body.size();
    var range = RANGE.matcher(request.header("Range").orElse(""));
    boolean isPart = range.matches();
    if (isPart) {
      from = Long.parseLong(range.group(1));
      to = range.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(range.group(2)) + 1);
      if (from >= body.size() || to <= from) {
        request.setHeader("Content-Range", "bytes */" + body.size());
        request.answer(416);
        return;
      }
      request.setHeader("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, body.size()));
    }
    request.setHeader("Accept-Ranges", "bytes");
    request.setHeader("Content-Type", "application/octet-stream");
    try (var file = FileChannel.open(body.path())) {
      request.start(isPart ? 206 : 200, to - from);
      long end = faults.take(FakeFaults.Kind.CUT_SHORT, "body") ? (from + to) / 2 : to;
      send(request, file.position(from), end - from);
    }
  }

  private static void send(FakeRequest request, FileChannel file, long length) throws IOException {
    // Closing a body that is not whole breaks the connection, as it must.
    try (var out = request.exchange().getResponseBody();
        var in = Channels.newInputStream(file)) {
      var buffer = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          return;
        }
        out.write(buffer, 0, n);
        left -= n;
      }
    }
  }
}
