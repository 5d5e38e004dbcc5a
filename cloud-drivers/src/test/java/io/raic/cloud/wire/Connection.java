package io.raic.cloud.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One connection through the proxy, both ways. */
final class Connection {
  private static final int PIECE_BYTES = 1 << 14;

  private final FaultProxy proxy;
  private final Socket client;
  private final Socket server;

  Connection(FaultProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void passRequests() {
    pass(client, server, true);
  }

  void passAnswers() {
    pass(server, client, false);
  }

  private void pass(Socket from, Socket to, boolean isRequest) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var piece = new byte[PIECE_BYTES];
      var seen = proxy.setting();
      long passed = 0;
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (!seen.equals(proxy.setting())) {
          seen = proxy.setting();
          passed = 0;
        }
        if (!(isRequest
            ? request(seen, out, piece, n, passed)
            : answer(seen, out, piece, n, passed))) {
          return;
        }
        passed += n;
      }
      to.shutdownOutput();
    } catch (IOException _) {
      proxy.reset(client);
      proxy.reset(server);
    }
  }

  /** Passes a piece of a request, and says whether the connection goes on. */
  private boolean request(
      FaultProxy.Setting now, OutputStream out, byte[] piece, int n, long passed)
      throws IOException {
    switch (now.fault()) {
      case WireFault.Latency(var time) -> pause(time);
      case WireFault.ResetRequest(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        proxy.reset(client);
        proxy.reset(server);
        return false;
      }
      case WireFault.Answer(var text, var times) when now.answered().getAndIncrement() < times -> {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.shutdownOutput();
        proxy.end(server);
        swallow();
        return false;
      }
      default -> {}
    }
    out.write(piece, 0, n);
    return true;
  }

  /** Reads what the client still sends, so that the answer is not lost in a reset. */
  private void swallow() throws IOException {
    var in = client.getInputStream();
    while (in.read(new byte[PIECE_BYTES]) >= 0) {
      // Nobody wants it.
    }
    proxy.end(client);
  }

  /** Passes a piece of an answer, and says whether the connection goes on. */
  private boolean answer(FaultProxy.Setting now, OutputStream out, byte[] piece, int n, long passed)
      throws IOException {
    switch (now.fault()) {
      case WireFault.Latency(var time) -> pause(time);
      case WireFault.ResetAnswer(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        proxy.reset(client);
        proxy.reset(server);
        return false;
      }
      case WireFault.Truncate(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        client.shutdownOutput();
        proxy.end(server);
        return false;
      }
      case WireFault.Stall(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        while (!proxy.isClosed() && proxy.setting().equals(now)) {
          pause(Duration.ofMillis(10));
        }
        proxy.reset(client);
        proxy.reset(server);
        return false;
      }
      case WireFault.Trickle(var pause) -> {
        return trickle(now, out, piece, n, pause);
      }
      default -> {}
    }
    out.write(piece, 0, n);
    return true;
  }

  private boolean trickle(
      FaultProxy.Setting now, OutputStream out, byte[] piece, int n, Duration pause)
      throws IOException {
    int done = 0;
    while (done < n && proxy.setting().equals(now)) {
      pause(pause);
      out.write(piece, done, 1);
      done++;
    }
    out.write(piece, done, n - done);
    return true;
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
