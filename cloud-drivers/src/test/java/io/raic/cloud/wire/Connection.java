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
  private volatile boolean isGone;

  Connection(FaultProxy proxy, Socket client, Socket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
  }

  void passRequests() {
    pass(client, server, true);
    if (isGone) {
      awaitEnd();
    }
    proxy.closed(this);
  }

  /** Lets the server be gone: nothing is read of the client, and nothing is said to it. */
  void vanish() {
    isGone = true;
    proxy.reset(server);
  }

  /** Waits until the client has closed its end, which cannot be seen without reading. */
  private void awaitEnd() {
    try {
      proxy.awaitLook();
      swallow();
    } catch (IOException _) {
      // So it is closed.
    }
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
        if (isGone) {
          return;
        }
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
      if (!isGone) {
        to.shutdownOutput();
      }
    } catch (IOException _) {
      if (!isGone) {
        proxy.reset(client);
        proxy.reset(server);
      }
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
      case WireFault.VanishInRequest(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        vanish();
        now.struck().countDown();
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
        now.struck().countDown();
        while (!proxy.isClosed() && proxy.setting().equals(now)) {
          pause(Duration.ofMillis(10));
        }
        proxy.reset(client);
        proxy.reset(server);
        return false;
      }
      case WireFault.VanishInAnswer(var bytes) when passed + n > bytes -> {
        out.write(piece, 0, (int) Math.max(0, bytes - passed));
        vanish();
        now.struck().countDown();
        return false;
      }
      case WireFault.Trickle(var bytes, var pause) when passed + n > bytes -> {
        int whole = (int) Math.max(0, bytes - passed);
        out.write(piece, 0, whole);
        now.struck().countDown();
        trickle(now, out, piece, whole, n, pause);
        return true;
      }
      default -> {}
    }
    out.write(piece, 0, n);
    return true;
  }

  private void trickle(
      FaultProxy.Setting now, OutputStream out, byte[] piece, int from, int n, Duration pause)
      throws IOException {
    int done = from;
    while (done < n && proxy.setting().equals(now)) {
      pause(pause);
      out.write(piece, done, 1);
      done++;
    }
    out.write(piece, done, n - done);
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
