package io.raic.cloud.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody has. They are below those that the system gives to outgoing connections, which
 * could take one in the moment before the server does.
 */
final class FreePorts {
  private static final int LOWEST = 10_000;
  private static final int BEYOND = 32_000;
  private static final int MOST_TRIES = 10_000;

  private FreePorts() {}

  static List<Integer> find(int count) {
    var held = new ArrayList<ServerSocket>();
    try {
      for (int tries = 0; held.size() < count && tries < MOST_TRIES; tries++) {
        hold(ThreadLocalRandom.current().nextInt(LOWEST, BEYOND), held);
      }
      if (held.size() < count) {
        throw new IllegalStateException("there are no %d free ports".formatted(count));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      held.forEach(FreePorts::release);
    }
  }

  private static void hold(int port, List<ServerSocket> held) {
    try {
      held.add(new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")));
    } catch (IOException _) {
      // Somebody has it.
    }
  }

  private static void release(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Nothing was sent over it.
    }
  }
}
