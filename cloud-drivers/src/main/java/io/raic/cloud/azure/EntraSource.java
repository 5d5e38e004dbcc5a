package io.raic.cloud.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.raic.cloud.Secret;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How Microsoft Entra is asked for tokens. */
final class EntraSource {
  private EntraSource() {}

  static EntraCredential of(Settings settings, Clock clock) {
    if (settings.has("client-secret")) {
      return new EntraCredential(clientSecret(settings), Optional.empty(), clock);
    }
    if (settings.has("client-certificate")) {
      return clientCertificate(settings, clock);
    }
    var source =
        switch (settings.oneOf(
            "entra", List.of("managed-identity", "workload-identity", "default"))) {
          case "managed-identity" -> managedIdentity(settings);
          case "workload-identity" -> workloadIdentity(settings);
          default -> byDefault(settings);
        };
    return new EntraCredential(source, Optional.empty(), clock);
  }

  private static EntraCredential.Source clientSecret(Settings settings) {
    var tenant = needed(settings, "tenant-id");
    var client = needed(settings, "client-id");
    var secret = settings.secret("client-secret");
    return () ->
        application(new ClientSecretCredentialBuilder(), settings)
            .tenantId(tenant)
            .clientId(client)
            .clientSecret(secret.reveal())
            .build();
  }

  private static EntraCredential clientCertificate(Settings settings, Clock clock) {
    var tenant = needed(settings, "tenant-id");
    var client = needed(settings, "client-id");
    var file = settings.findPath("client-certificate").orElseThrow();
    var password = settings.findSecret("client-certificate-password");
    EntraCredential.Source source =
        () -> {
          var building =
              application(new ClientCertificateCredentialBuilder(), settings)
                  .tenantId(tenant)
                  .clientId(client);
          return ClientCertificate.isPem(file)
              ? building.pemCertificate(file.toString()).build()
              : building
                  .pfxCertificate(file.toString())
                  .clientCertificatePassword(password.map(Secret::reveal).orElse(""))
                  .build();
        };
    return new EntraCredential(source, ClientCertificate.end(file, password), clock);
  }

  private static EntraCredential.Source managedIdentity(Settings settings) {
    return () -> {
      var building = quiet(new ManagedIdentityCredentialBuilder());
      settings.find("client-id").ifPresent(building::clientId);
      return building.build();
    };
  }

  private static EntraCredential.Source workloadIdentity(Settings settings) {
    return () -> {
      var building = application(new WorkloadIdentityCredentialBuilder(), settings);
      settings.find("tenant-id").ifPresent(building::tenantId);
      settings.find("client-id").ifPresent(building::clientId);
      settings
          .findPath("federated-token-file")
          .map(Path::toString)
          .ifPresent(building::tokenFilePath);
      return building.build();
    };
  }

  private static EntraCredential.Source byDefault(Settings settings) {
    return () -> {
      var building = quiet(new DefaultAzureCredentialBuilder());
      settings.find("tenant-id").ifPresent(building::tenantId);
      settings
          .find("client-id")
          .ifPresent(id -> building.managedIdentityClientId(id).workloadIdentityClientId(id));
      authority(settings).ifPresent(building::authorityHost);
      return building.build();
    };
  }

  private static <T extends AadCredentialBuilderBase<T>> T application(
      T building, Settings settings) {
    authority(settings).ifPresent(building::authorityHost);
    return quiet(building);
  }

  /** Nothing of a request for a token is logged, whatever the environment asks for, or repeated. */
  private static <T extends CredentialBuilderBase<T>> T quiet(T building) {
    return building
        .httpClient(HttpClient.createDefault())
        .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))));
  }

  private static Optional<String> authority(Settings settings) {
    return settings.findAddress("authority-host").map(URI::toString);
  }

  private static String needed(Settings settings, String name) {
    return settings
        .find(name)
        .orElseThrow(() -> new SettingException(name, " is missing: Microsoft Entra needs it"));
  }
}
