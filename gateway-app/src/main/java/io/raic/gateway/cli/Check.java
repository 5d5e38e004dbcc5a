package io.raic.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code raic check}: how a file is, and its repair. */
@Command(
    name = "check",
    header = "Check, and repair, a stored file.",
    description = {
      "%nLooks where the shares of a file are. A verify capability is enough, for --repair too."
          + " Ends with 0 if all shares are there, 5 if some are missing or bad, 3 if too few are"
          + " left to rebuild the file.%n"
    },
    footer = {
      "%nExamples:",
      "  raic check URI:CHK:...",
      "  raic check --verify --repair --cap-file docs.cap"
    })
final class Check implements Callable<Integer> {
  private final Stdio stdio;

  @Mixin private final CapParameter cap = new CapParameter();
  @Mixin private final GatewayOptions gateway = new GatewayOptions();
  @Mixin private final QuietOption quiet = new QuietOption();

  @Option(names = "--verify", description = "Read and verify every byte of every share.")
  private boolean verify;

  @Option(names = "--repair", description = "Make missing and bad shares again; verifies first.")
  private boolean repair;

  @Option(names = "--json", description = "Print the gateway's JSON instead of a summary.")
  private boolean json;

  Check(Stdio stdio) {
    this.stdio = stdio;
  }

  @Override
  public Integer call() throws Failure {
    var capability = cap.read(stdio);
    var client = gateway.client(stdio);
    String answer;
    try (var progress = quiet.progress(stdio)) {
      progress.waitingFor("for the gateway to check it");
      answer = client.check(capability, verify, repair, progress);
    }
    var report = CheckReport.parse(answer);
    stdio.print(json ? answer.strip() : report.text(verify || repair));
    return report.code().number();
  }
}
