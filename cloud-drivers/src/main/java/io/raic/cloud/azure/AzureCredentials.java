package io.raic.cloud.azure;

import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.Setting.Kind;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which credential the settings ask for. */
final class AzureCredentials {
  /** What of the settings is about credentials. */
  static final List<Setting> SETTINGS =
      List.of(
          Setting.optional("account-key", Kind.SECRET, "a key of the account, in Base64"),
          Setting.optional("connection-string", Kind.SECRET, "what the portal gives to copy"),
          Setting.optional("sas-token", Kind.SECRET, "a shared access signature of the container"),
          Setting.optional(
              "entra",
              Kind.TEXT,
              "how Microsoft Entra knows us, without a secret here: managed-identity,"
                  + " workload-identity or default"),
          Setting.optional("tenant-id", Kind.TEXT, "the tenant, for Microsoft Entra"),
          Setting.optional("client-id", Kind.TEXT, "the application's or the identity's client id"),
          Setting.optional("client-secret", Kind.SECRET, "the application's secret"),
          Setting.optional(
              "client-certificate",
              Kind.PATH,
              "a file with the application's certificate and key, PEM or PKCS 12"),
          Setting.optional(
              "client-certificate-password", Kind.SECRET, "what opens a file of PKCS 12"),
          Setting.optional(
              "federated-token-file",
              Kind.PATH,
              "the token of the workload, where Kubernetes does not tell"),
          Setting.optional(
              "authority-host", Kind.ADDRESS, "another Microsoft Entra, such as that of China"));

  private static final List<String> KINDS =
      List.of(
          "account-key",
          "connection-string",
          "sas-token",
          "client-secret",
          "client-certificate",
          "entra");

  /**
   * What an address without TLS is allowed for with any credential: it does not leave the machine.
   */
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private AzureCredentials() {}

  /**
   * Returns the credential that was given.
   *
   * @throws SettingException if none was, or more than one
   */
  static AzureCredential of(
      Settings settings,
      Optional<String> account,
      URI endpoint,
      Optional<ConnectionString> connection,
      Clock clock) {
    var given = KINDS.stream().filter(settings::has).toList();
    if (given.size() != 1) {
      throw new SettingException(
          "account-key",
          " or just one other credential has to be given: " + String.join(", ", KINDS));
    }
    var credential =
        switch (given.getFirst()) {
          case "account-key" -> {
            var key = settings.secret("account-key");
            yield new SharedKey(account(account), key::reveal);
          }
          case "connection-string" -> of(connection.orElseThrow(), account);
          case "sas-token" -> {
            var sas = settings.secret("sas-token");
            yield new SasToken(sas::reveal);
          }
          default -> EntraSource.of(settings, clock);
        };
    requireTls(endpoint, credential);
    return credential;
  }

  private static AzureCredential of(ConnectionString connection, Optional<String> account) {
    if (connection.hasKey()) {
      return new SharedKey(account(account), connection::key);
    }
    if (connection.hasSas()) {
      return new SasToken(connection::sas);
    }
    throw new SettingException(
        "connection-string", " has neither an AccountKey nor a SharedAccessSignature");
  }

  private static String account(Optional<String> account) {
    return account.orElseThrow(
        () -> new SettingException("account", " is missing: a key belongs to one"));
  }

  /** A key only signs; what else shows who asks could be used by whoever reads it on its way. */
  private static void requireTls(URI endpoint, AzureCredential credential) {
    if (!endpoint.getScheme().equals("https")
        && !(credential instanceof SharedKey)
        && !THIS_MACHINE.contains(endpoint.getHost())) {
      throw new SettingException("endpoint", " is without TLS: this credential would be read");
    }
  }
}
