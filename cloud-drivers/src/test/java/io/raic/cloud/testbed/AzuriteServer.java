package io.raic.cloud.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Azurite: Azure's blobs, with checked shared keys and atomic preconditions. */
public final class AzuriteServer implements AutoCloseable {
  private static final String ACCOUNT = "raic";
  private static final String CONTAINER = "raic";
  private static final String PROTOCOL = "2021-12-02";
  private static final Shared<AzuriteServer> SHARED = new Shared<>(AzuriteServer::launch);

  private final Server server;
  private final String accountKey;

  private AzuriteServer(Server server, String accountKey) {
    this.server = server;
    this.accountKey = accountKey;
  }

  /** Returns the one that all tests share; nobody closes it. */
  public static AzuriteServer shared() {
    return SHARED.get();
  }

  private static AzuriteServer launch() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    var key = Base64.getEncoder().encodeToString(bytes);
    var settings = Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + key);
    var inContainer =
        new Containers.Image(
            "mcr.microsoft.com/azure-storage/azurite:3.37.0",
            10000,
            settings,
            List.of(
                "azurite-blob",
                "--blobHost",
                "0.0.0.0",
                "--blobPort",
                "10000",
                "--skipApiVersionCheck",
                "--disableTelemetry"),
            List.of());
    var server =
        new AzuriteServer(
            Containers.start(inContainer).orElseGet(() -> TestServer.start("azurite", 1, settings)),
            key);
    try {
      server.createContainer(CONTAINER);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Makes a container, which must not be there. */
  public void createContainer(String name) {
    var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    // The account is twice in the resource: once for whose it is, once as the path begins.
    var signed =
        "PUT%sx-ms-date:%s\nx-ms-version:%s\n/%s/%s/%s\nrestype:container"
            .formatted("\n".repeat(12), date, PROTOCOL, ACCOUNT, ACCOUNT, name);
    var request =
        HttpRequest.newBuilder(URI.create("%s/%s?restype=container".formatted(endpoint(), name)))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(60))
            .header("x-ms-date", date)
            .header("x-ms-version", PROTOCOL)
            .header("Authorization", "SharedKey %s:%s".formatted(ACCOUNT, signature(signed)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new IllegalStateException(
            "Azurite makes no container: %d %s".formatted(answer.statusCode(), answer.body()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("Azurite does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private String signature(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(accountKey), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns where it answers: the account is the beginning of the path. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.port(), ACCOUNT));
  }

  /** Returns the only account. */
  public String account() {
    return ACCOUNT;
  }

  /** Returns its key, in Base64. */
  public String accountKey() {
    return accountKey;
  }

  /** Returns a container that is there. */
  public String container() {
    return CONTAINER;
  }

  @Override
  public void close() {
    server.close();
  }
}
