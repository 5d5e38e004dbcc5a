package io.raic.gateway.system;

import io.raic.cloud.box.fake.FakeAccount;
import io.raic.cloud.box.fake.FakeBox;
import io.raic.cloud.gcs.fake.GcsFake;
import io.raic.cloud.registry.Driver;
import io.raic.cloud.testbed.AzuriteServer;
import io.raic.cloud.testbed.S3ProxyServer;
import io.raic.cloud.testbed.SwiftServer;
import io.raic.gateway.http.Scratch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** S3Proxy, Azurite, OpenStack Swift, and the fakes of Google's and Box's services. */
final class FiveClouds implements AutoCloseable {
  private static final String PLACE = "five-clouds/" + ProcessHandle.current().pid();
  private static final int ANY_NUMBER = 10_000_000;

  private final Path directory = Scratch.directory("five-clouds");
  private final GcsFake gcs = GcsFake.start();
  private final FakeBox box = FakeBox.start();
  private final List<Cloud> all;

  FiveClouds() throws IOException {
    all = List.of(s3(), azure(), swift(), gcs(), box());
  }

  private static Cloud s3() {
    var server = S3ProxyServer.shared();
    return new Cloud(
        "amazon",
        Driver.S3,
        server.endpoint(),
        address ->
            Map.of(
                "endpoint", address,
                "bucket", server.bucket(),
                "prefix", PLACE,
                "access-key-id", server.accessKey(),
                "secret-access-key", server.secretKey()));
  }

  private static Cloud azure() {
    var server = AzuriteServer.shared();
    return new Cloud(
        "microsoft",
        Driver.AZURE,
        server.endpoint(),
        address ->
            Map.of(
                "endpoint", address + "/" + server.account(),
                "account", server.account(),
                "account-key", server.accountKey(),
                "container", server.container(),
                "prefix", PLACE));
  }

  private static Cloud swift() {
    var server = SwiftServer.tempAuth();
    return new Cloud(
        "openstack",
        Driver.SWIFT,
        server.authUrl(),
        address ->
            Map.of(
                "auth-url", address + server.authUrl().getRawPath(),
                "username", server.user(),
                "password", server.key(),
                "container", server.container(),
                "prefix", PLACE));
  }

  private Cloud gcs() throws IOException {
    gcs.createBucket("five-clouds");
    Path account = directory.resolve("service-account.json");
    Files.writeString(account, gcs.serviceAccount());
    return new Cloud(
        "google",
        Driver.GCS,
        URI.create(gcs.endpoint()),
        address ->
            Map.of(
                "endpoint",
                address,
                "bucket",
                "five-clouds",
                "credentials-file",
                account.toString()));
  }

  private Cloud box() {
    box.account().setSpaceBytes(1L << 40);
    box.limit(ANY_NUMBER, ANY_NUMBER);
    String folder = box.newFolder("five-clouds");
    return new Cloud(
        "box",
        Driver.BOX,
        box.url(),
        address ->
            Map.of(
                "api-address",
                address,
                "upload-address",
                address + "/api",
                "folder-id",
                folder,
                "client-id",
                FakeAccount.CLIENT_ID,
                "client-secret",
                FakeAccount.CLIENT_SECRET,
                "enterprise-id",
                FakeAccount.ENTERPRISE,
                "calls-per-minute",
                String.valueOf(ANY_NUMBER),
                "uploads-per-minute",
                String.valueOf(ANY_NUMBER)));
  }

  List<Cloud> all() {
    return all;
  }

  Cloud get(int number) {
    return all.get(number % all.size());
  }

  /** Lets everything pass again. */
  void clear() {
    all.forEach(cloud -> cloud.wire().clear());
  }

  /** Starts a gateway over them that waits for nobody long. */
  GatewayProcess startGateway() throws IOException {
    Path config = directory.resolve("raic.yaml");
    Files.writeString(
        config,
        """
        raic:
          waits:
            step: 5s
            stall: 4s
          circuits:
            probe-interval: 1s
          providers:
        """
            + all.stream().map(Cloud::yaml).collect(Collectors.joining()));
    return new GatewayProcess.Start().config(config).data(directory.resolve("data")).now();
  }

  @Override
  public void close() {
    all.forEach(Cloud::close);
    gcs.close();
    box.close();
  }
}
