package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.crypto.bytes.Bytes;
import io.raic.gateway.GatewayConfiguration;
import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.ProviderBook;
import io.raic.gateway.state.Database;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs {@code raic} commands inside the test, with streams of its own. */
final class RaicRun {
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Object> served = new HashMap<>();
  private byte[] in = new byte[0];
  private boolean terminal;
  private LongSupplier nanoClock = () -> 0;
  private Optional<Keyboard> keyboard = Optional.empty();
  private Consumer<Map<String, Object>> start = served::putAll;
  private Drivers drivers = Drivers.all();

  /**
   * What a command left behind.
   *
   * @param code its exit code
   * @param output what stood on standard output
   * @param err what stood on standard error
   */
  record Result(int code, Bytes output, String err) {
    byte[] out() {
      return output.toByteArray();
    }

    String text() {
      return new String(out(), UTF_8);
    }
  }

  RaicRun withInput(byte[] bytes) {
    in = bytes.clone();
    return this;
  }

  RaicRun withInput(String text) {
    return withInput(text.getBytes(UTF_8));
  }

  RaicRun withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  RaicRun withTerminal(LongSupplier clock) {
    terminal = true;
    nanoClock = clock;
    return this;
  }

  RaicRun withClock(LongSupplier clock) {
    nanoClock = clock;
    return this;
  }

  RaicRun withGateway(Consumer<Map<String, Object>> starter) {
    start = starter;
    return this;
  }

  RaicRun withDrivers(Drivers known) {
    drivers = known;
    return this;
  }

  RaicRun withKeyboard(Keyboard whoever) {
    keyboard = Optional.of(whoever);
    return this;
  }

  /** Reads real configurations, and does not silence the log of the other tests. */
  private final class TestGateway implements Gateway {
    @Override
    public void start(Map<String, Object> settings) {
      start.accept(settings);
    }

    @Override
    public ProviderBook configuration(Map<String, Object> settings) {
      return GatewayConfiguration.read(settings, drivers);
    }

    @Override
    public Database database(Map<String, Object> settings) {
      return GatewayConfiguration.database(settings);
    }

    @Override
    public Drivers drivers() {
      return drivers;
    }
  }

  /** Returns the settings the last serve command gave to the gateway. */
  Map<String, Object> served() {
    return served;
  }

  Result run(Object... args) {
    var out = new ByteArrayOutputStream();
    return run(out, out, args);
  }

  /** Runs a command that writes to {@code out}, whatever comes of it. */
  Result runInto(OutputStream out, Object... args) {
    return run(out, new ByteArrayOutputStream(), args);
  }

  private Result run(OutputStream out, ByteArrayOutputStream seen, Object... args) {
    var err = new ByteArrayOutputStream();
    var stdio =
        new Stdio(
            new ByteArrayInputStream(in),
            out,
            new PrintStream(err, true, UTF_8),
            terminal,
            Map.copyOf(environment),
            nanoClock,
            () -> keyboard);
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int code = Raic.commandLine(stdio, new TestGateway()).execute(words);
    return new Result(code, Bytes.copyOf(seen.toByteArray()), err.toString(UTF_8));
  }
}
