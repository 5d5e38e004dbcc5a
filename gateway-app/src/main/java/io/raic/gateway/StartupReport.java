package io.raic.gateway;

import io.raic.gateway.access.Tokens;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.login.Users;
import io.raic.gateway.provider.OpenProviders;
import io.raic.gateway.provider.Providers;
import io.raic.gateway.watch.WatchServer;
import io.raic.gateway.web.HostNames;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever started the gateway where it is, what it keeps to, and what to try first. */
@Component
final class StartupReport {
  /** Where the commands look for a gateway if they are not told. */
  private static final String DEFAULT_URL = "http://127.0.0.1:3456";

  private final GatewayProperties properties;
  private final Grid grid;
  private final Providers providers;
  private final OpenProviders stores;
  private final Tokens tokens;
  private final Optional<Users> users;
  private final WatchServer watch;

  StartupReport(
      GatewayProperties properties,
      Grid grid,
      Providers providers,
      OpenProviders stores,
      Tokens tokens,
      Optional<Users> users,
      WatchServer watch) {
    this.properties = properties;
    this.grid = grid;
    this.providers = providers;
    this.stores = stores;
    this.tokens = tokens;
    this.users = users;
    this.watch = watch;
  }

  @EventListener
  void started(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web) {
      Optional.ofNullable(web.getWebServer())
          .map(server -> url(server.getPort()))
          .ifPresent(url -> print(url, System.out));
    }
  }

  private String url(int port) {
    String scheme = properties.tls().isOff() ? "http" : "https";
    return "%s://%s:%d".formatted(scheme, properties.address(), port);
  }

  private void tellAccess(PrintStream out) {
    switch (properties.auth().mode()) {
      case OPEN -> {
        if (!HostNames.isLoopback(properties.address())) {
          out.printf(
              "  WARNING: whoever reaches %s can store files here: no token is needed.%n",
              properties.address());
        }
      }
      case TOKEN -> {
        out.printf("  Nobody comes in without a token, which goes into RAIC_TOKEN.%n");
        if (!tokens.areThere()) {
          out.printf("  There is none: make one with ./raic token create --name NAME%n");
        }
        if (!HostNames.isLoopback(properties.address()) && properties.tls().isOff()) {
          out.printf("  WARNING: tokens and files cross the network in the clear: see raic.tls%n");
        }
      }
    }
  }

  private void print(String url, PrintStream out) {
    var rules = grid.rules();
    out.printf("RAIC gateway, listening on %s%n", url);
    watch
        .listeningPort()
        .ifPresent(port ->
            out.printf(
                "  health and metrics on http://%s:%d%n", properties.management().address(), port));
    out.printf(
        "  any %d of %d shares rebuild a file; no operator gets more than %d of them%n",
        rules.needed(), rules.total(), rules.perOperator());
    out.printf("  stores:%n");
    for (var store : stores.summaries()) {
      out.printf(
          "    %s: %s, %s, operator %s%n",
          store.id(), store.type(), store.location(), store.operator());
    }
    for (Map.Entry<String, String> failure : grid.probe().entrySet()) {
      out.printf("  NOT USABLE NOW: %s%n", failure.getValue());
    }
    if (providers.areForTrying()) {
      out.printf(
          "  These stores are directories below %s, on one disk: good for trying, not for safety.%n"
              + "  Name independent providers to keep what matters: see ./raic provider add --help%n",
          properties.data().toAbsolutePath().normalize());
    }
    tellAccess(out);
    String option = url.equals(DEFAULT_URL) ? "" : " --url " + url;
    out.printf("Store a file:    ./raic put%s FILE    (or: curl -T FILE %s/uri)%n", option, url);
    out.printf("Read it again:   ./raic get%s CAP     (or: curl %s/uri/CAP)%n", option, url);
    out.printf("The capability CAP is the only way to it: keep it, and keep it secret.%n");
    users.ifPresent(known -> printDashboard(url, known, out));
    out.flush();
  }

  /** The password is shown here, once, and nowhere else. */
  private void printDashboard(String url, Users known, PrintStream out) {
    out.printf("Dashboard:       %s/admin%n", url);
    if (properties.admin().oidc().issuer().isEmpty()) {
      known
          .createFirst()
          .ifPresent(password ->
              out.printf(
                  "  first login: admin, with the password %s (shown once; you choose another)%n",
                  password));
    }
  }
}
