package io.raic.gateway;

import io.raic.gateway.login.LoginSettings;
import io.raic.gateway.login.OidcSettings;
import io.raic.gateway.login.Role;
import io.raic.gateway.state.DatabaseSettings;
import io.raic.gateway.web.HostNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The groups of settings that are about operating a gateway; see {@link GatewayProperties}. Files
 * that need not be given are texts: Spring makes no optional path of one.
 */
final class OperatorProperties {
  private OperatorProperties() {}

  private static String secret(String setting, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException("%s: %s cannot be read".formatted(setting, file), e);
    }
  }

  /** What somebody needs who asks for something. */
  enum AuthMode {
    /** Nothing but capabilities. */
    OPEN,
    /** A token. */
    TOKEN
  }

  /**
   * Who may come in.
   *
   * @param mode what it takes
   * @param openAnywhere whether nothing may be enough beyond loopback too
   */
  record Auth(@DefaultValue("open") AuthMode mode, @DefaultValue("false") boolean openAnywhere) {
    /**
     * Refuses to listen on {@code address} if whoever reaches it would be let in unasked.
     *
     * @throws IllegalArgumentException which says what to set
     */
    void requireSafe(String address) {
      if (mode == AuthMode.OPEN && !openAnywhere && !HostNames.isLoopback(address)) {
        throw new IllegalArgumentException(
            "raic.address is %s, where others may reach it, and raic.auth.mode is open: set mode to"
                    .formatted(address)
                + " token, or raic.auth.open-anywhere to true if whoever gets there may store");
      }
    }
  }

  /**
   * Where the state is.
   *
   * @param url of PostgreSQL; none for SQLite in the data directory
   * @param username that it knows, if the address does not say
   * @param password of that name
   * @param passwordFile a file with that password
   */
  record State(
      Optional<String> url,
      Optional<String> username,
      Optional<String> password,
      Optional<String> passwordFile) {
    State {
      url = url.filter(given -> !given.isBlank());
      if (password.isPresent() && passwordFile.isPresent()) {
        throw new IllegalArgumentException("password and password-file are both given");
      }
    }

    /** Returns what opens it; SQLite's file is below {@code data}. */
    DatabaseSettings in(Path data) {
      return new DatabaseSettings(
          url,
          data.resolve("state.db"),
          username,
          password.or(() -> passwordFile.map(f -> secret("raic.database.password-file", f))));
    }

    @Override
    public String toString() {
      return "State[url=%s]".formatted(url.isPresent());
    }
  }

  /**
   * The list of stored files.
   *
   * @param checkEvery how often each file is looked at; zero for never
   * @param checksPerHour the most files to look at in an hour, about
   */
  record Catalog(
      @DefaultValue("30d") Duration checkEvery, @DefaultValue("1000") int checksPerHour) {
    private static final int MAX_PER_HOUR = 60_000;

    Catalog {
      if (checkEvery.isNegative()) {
        throw new IllegalArgumentException("check-every is less than nothing");
      }
      if (checksPerHour < 1 || checksPerHour > MAX_PER_HOUR) {
        throw new IllegalArgumentException(
            "checks-per-hour is %d: want 1 to %d".formatted(checksPerHour, MAX_PER_HOUR));
      }
    }
  }

  /**
   * The dashboard.
   *
   * @param enabled whether there is one
   * @param sessionIdle after which a session ends in which nothing is asked for
   * @param sessionLongest after which a session ends anyway
   * @param oidc another provider of logins
   */
  record Admin(
      @DefaultValue("true") boolean enabled,
      @DefaultValue("30m") Duration sessionIdle,
      @DefaultValue("12h") Duration sessionLongest,
      @DefaultValue Oidc oidc) {
    LoginSettings settings() {
      return new LoginSettings(sessionIdle, sessionLongest, oidc.settings());
    }
  }

  /**
   * A provider of logins that speaks OpenID Connect, if an issuer is given.
   *
   * @param issuer its address
   * @param clientId what it calls this gateway
   * @param clientSecret what it knows this gateway by
   * @param clientSecretFile a file with that
   * @param redirectUri where it leads back to, if the request's own address is not it
   * @param scopes to ask for
   * @param roleClaim the claim with a user's groups
   * @param roles what groups may do
   */
  record Oidc(
      Optional<String> issuer,
      Optional<String> clientId,
      Optional<String> clientSecret,
      Optional<String> clientSecretFile,
      Optional<String> redirectUri,
      @DefaultValue({"profile", "email"}) List<String> scopes,
      @DefaultValue("groups") String roleClaim,
      @DefaultValue Roles roles) {
    Oidc {
      issuer = issuer.filter(given -> !given.isBlank());
      if (clientSecret.isPresent() && clientSecretFile.isPresent()) {
        throw new IllegalArgumentException("client-secret and client-secret-file are both given");
      }
    }

    Optional<OidcSettings> settings() {
      return issuer.map(address ->
          new OidcSettings(
              address,
              clientId.orElse(""),
              clientSecret.or(
                  () -> clientSecretFile.map(f -> secret("raic.admin.oidc.client-secret-file", f))),
              redirectUri,
              scopes,
              roleClaim,
              Map.of(
                  Role.VIEWER, roles.viewer(),
                  Role.OPERATOR, roles.operator(),
                  Role.ADMIN, roles.admin())));
    }

    @Override
    public String toString() {
      return "Oidc[issuer=%s]".formatted(issuer);
    }
  }

  /**
   * Which groups of a provider of logins may do what.
   *
   * @param viewer those who look
   * @param operator those who act
   * @param admin those who say who may come in
   */
  record Roles(
      @DefaultValue List<String> viewer,
      @DefaultValue List<String> operator,
      @DefaultValue List<String> admin) {}

  /**
   * Where the gateway is watched.
   *
   * @param address to listen on
   * @param port to listen on; the one after the gateway's if not given
   */
  record Management(@DefaultValue("127.0.0.1") String address, Optional<Integer> port) {}

  /**
   * TLS, if both are given.
   *
   * @param certificate a file with the chain, as PEM
   * @param key a file with its private key, as PEM
   */
  record Tls(Optional<String> certificate, Optional<String> key) {
    Tls {
      if (certificate.isPresent() != key.isPresent()) {
        throw new IllegalArgumentException("certificate and key belong together");
      }
    }

    boolean isOff() {
      return certificate.isEmpty();
    }

    Optional<TlsFiles> files() {
      return certificate.flatMap(
          chain -> key.map(secret -> new TlsFiles(Path.of(chain), Path.of(secret))));
    }
  }

  /**
   * How it ends.
   *
   * @param grace how long transfers may go on
   */
  record Shutdown(@DefaultValue("30s") Duration grace) {}

  /** How a line of the log looks. */
  enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines. */
    JSON
  }

  /**
   * The log.
   *
   * @param format of its lines
   */
  record Log(@DefaultValue("text") LogFormat format) {}

  /**
   * Traces.
   *
   * @param endpoint where they go, by OTLP over HTTP; none for no traces
   */
  record Tracing(Optional<String> endpoint) {
    Tracing {
      endpoint = endpoint.filter(given -> !given.isBlank());
    }
  }
}
