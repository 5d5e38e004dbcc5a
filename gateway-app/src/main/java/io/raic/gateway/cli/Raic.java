package io.raic.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code raic} command. */
@Command(
    name = "raic",
    header = "Redundant array of independent clouds: files, encrypted and spread.",
    description = {
      "%nStores files with a gateway, which encrypts each and spreads it over several clouds so"
          + " that any few of them give it back and fewer tell nothing. What it answers, a"
          + " capability, is the only way to read the file: keep it, and keep it secret.%n"
    },
    versionProvider = Raic.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  raic serve                               start a gateway, in one terminal",
      "  raic put photo.jpg > photo.cap           store a file, in another",
      "  raic get --cap-file photo.cap -o copy.jpg",
      "  raic check --repair --cap-file photo.cap",
      "  raic decode --cap-file photo.cap data/store-*    without any gateway",
      "  raic provider types                      where a gateway can keep shares",
      "  raic token create --name backup          who may use a gateway that asks for tokens",
      "  raic bench                               how fast the providers are; which k and n",
      "  raic user add alice --role operator      who may use the dashboard",
      "  raic audit verify                        whether the log of acts is as it was written",
      "%nEnvironment:",
      "  RAIC_URL               the gateway that put, get and check talk to",
      "  RAIC_TOKEN             the token for it, if it wants one",
      "  RAIC_CA_FILE           certificates to believe, for a gateway with one of its own",
      "  RAIC_PORT, RAIC_DATA   as the options of raic serve",
      "  RAIC_DEBUG=1           show where an error came from",
      "  RAIC_JAVA_OPTS         options for Java, such as -Xmx512m",
      "  RAIC_NO_BUILD=1        do not look whether anything must be built",
      "  JAVA_HOME, TMPDIR      a JDK 25; where raic encode keeps standard input",
      "%nCapabilities on the command line are visible to the machine's other users: give - and"
          + " standard input, or --cap-file, where that matters.",
      "%nResults go to standard output, everything else to standard error."
    })
public final class Raic implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Raic() {}

  /** Runs a command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    int code = execute(Stdio.ofProcess(), new ThisGateway(), args);
    // A gateway that has started goes on; everything else has nothing left that keeps it alive.
    if (code != ExitCode.OK.number()) {
      System.exit(code);
    }
  }

  private static int execute(Stdio stdio, Gateway gateway, String[] args) {
    try {
      return commandLine(stdio, gateway).execute(args);
    } catch (OutOfMemoryError _) {
      stdio.remark("not enough memory: give Java more, with RAIC_JAVA_OPTS=-Xmx4g for example");
      return ExitCode.FAILED.number();
    }
  }

  /** Returns all commands, ready to be executed. */
  static CommandLine commandLine(Stdio stdio, Gateway gateway) {
    var line =
        new CommandLine(new Raic())
            .addSubcommand(new Serve(gateway))
            .addSubcommand(new Put(stdio))
            .addSubcommand(new Get(stdio))
            .addSubcommand(new Check(stdio))
            .addSubcommand(new Cap(stdio))
            .addSubcommand(new Encode(stdio))
            .addSubcommand(new Decode(stdio))
            .addSubcommand(Provider.commandLine(stdio, gateway))
            .addSubcommand(TokenCommand.commandLine(stdio, gateway))
            .addSubcommand(CatalogCommand.commandLine(stdio, gateway))
            .addSubcommand(new BenchCommand(stdio, gateway))
            .addSubcommand(UserCommand.commandLine(stdio, gateway))
            .addSubcommand(Audit.commandLine(stdio, gateway))
            .addSubcommand(new CommandLine.HelpCommand());
    addHelp(line);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version.")
                .build());
    var codes = new LinkedHashMap<String, String>();
    for (var code : ExitCode.values()) {
      codes.put(Integer.toString(code.number()), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    var errors = new ErrorReport(stdio);
    return line.registerConverter(Path.class, Arguments::path)
        .registerConverter(Integer.class, Arguments::number)
        .registerConverter(int.class, Arguments::number)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .setExpandAtFiles(false)
        .setOut(new PrintWriter(new OutputStreamWriter(stdio.out(), UTF_8), true))
        .setErr(new PrintWriter(new OutputStreamWriter(stdio.err(), UTF_8), true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
  }

  private static void addHelp(CommandLine command) {
    if (command.getCommandSpec().helpCommand()) {
      return;
    }
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
    command.getSubcommands().values().forEach(Raic::addHelp);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** Reads the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Raic.class.getPackage().getImplementationVersion();
      return new String[] {
        "raic %s (Java %s)".formatted(version == null ? "development" : version, Runtime.version())
      };
    }
  }
}
