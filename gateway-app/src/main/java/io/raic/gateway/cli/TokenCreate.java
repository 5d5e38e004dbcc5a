package io.raic.gateway.cli;

import io.raic.gateway.access.Token;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic token create}: makes a token and prints it, once. */
@Command(
    name = "create",
    header = "Make a token.",
    description = {
      "%nPrints the token, which is kept nowhere: whoever has it is let in, and nobody can print it"
          + " again.%n"
    },
    footer = {
      "%nExamples:",
      "  raic token create --name backup --quota 500GiB > backup.token",
      "  raic token create --name audit --read-only --expires 2027-01-01"
    })
final class TokenCreate implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(?:([KMGTP])(?:i?B)?|B)?");
  private static final String PREFIXES = "KMGTP";
  private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");

  private final Stdio stdio;
  private final Gateway gateway;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What to call it: in lists, messages and the catalog of files.")
  private String name = "";

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description = "Until when it is valid: days from now (90d) or a date (2027-01-01, UTC).")
  private Optional<String> expires = Optional.empty();

  @Option(
      names = "--read-only",
      description = "It reads and checks, and neither stores nor repairs.")
  private boolean readOnly;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      description = "How much may be stored with it in all, like 500GiB.")
  private Optional<String> quota = Optional.empty();

  @Mixin private final OpenedDatabase opened = new OpenedDatabase();

  TokenCreate(Stdio stdio, Gateway gateway) {
    this.stdio = stdio;
    this.gateway = gateway;
  }

  @Override
  public Integer call() throws Failure {
    var clock = InstantSource.system();
    var end =
        expires.isPresent() ? Optional.of(end(expires.get(), clock)) : Optional.<Instant>empty();
    var limit = quota.isPresent() ? OptionalLong.of(bytes(quota.get())) : OptionalLong.empty();
    var rights = new Token.Rights(end, readOnly, limit);
    var made =
        opened.use(
            gateway,
            database ->
                OpenedDatabase.tokens(database).create(OpenedDatabase.actor(), name, rights));
    stdio.print(made.reveal());
    stdio.remark("this is the only time that the token %s is shown".formatted(name));
    return ExitCode.OK.number();
  }

  private static Instant end(String text, InstantSource clock) throws Failure {
    var days = DAYS.matcher(text);
    if (days.matches()) {
      return clock.instant().plus(Long.parseLong(days.group(1)), ChronoUnit.DAYS);
    }
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException _) {
      throw Failure.usage("--expires is a number of days like 90d or a date like 2027-01-01");
    }
  }

  private static long bytes(String text) throws Failure {
    var size = SIZE.matcher(text);
    if (size.matches()) {
      int power = size.group(2) == null ? 0 : PREFIXES.indexOf(size.group(2)) + 1;
      try {
        return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << (10 * power));
      } catch (ArithmeticException _) {
        // Said below.
      }
    }
    throw Failure.usage("--quota is a size like 500GiB, at most 8191PiB");
  }
}
