package io.raic.cloud.box;

import com.box.sdkgen.networking.baseurls.BaseUrls;
import com.box.sdkgen.networking.network.NetworkSession;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.call.Gate;
import io.raic.cloud.settings.Setting;
import io.raic.cloud.settings.SettingException;
import io.raic.cloud.settings.Settings;
import java.net.URI;
import java.util.List;

/** How a folder of Box is configured. */
public final class BoxDriver {
  private static final String API = "https://api.box.com";
  private static final String UPLOAD = "https://upload.box.com/api";

  /** More than any plan allows in a minute. */
  private static final int MAX_PER_MINUTE = 10_000_000;

  private static final List<String> WAYS =
      List.of("client-credentials", "jwt", "oauth", "developer-token");

  /** What it can be told. */
  public static final List<Setting> SETTINGS =
      List.of(
          Setting.required(
              "folder-id",
              Setting.Kind.TEXT,
              "the id of the folder for the objects, the last part of its address in a browser"),
          Setting.withDefault(
              "auth", Setting.Kind.TEXT, WAYS.getFirst(), "one of " + String.join(", ", WAYS)),
          Setting.optional("client-id", Setting.Kind.TEXT, "of the application"),
          Setting.optional("client-secret", Setting.Kind.SECRET, "of the application"),
          Setting.optional(
              "enterprise-id",
              Setting.Kind.TEXT,
              "whose service account is used, with client credentials"),
          Setting.optional(
              "user-id", Setting.Kind.TEXT, "the user to act as, in place of the service account"),
          Setting.optional(
              "jwt-config",
              Setting.Kind.SECRET,
              "the JSON file of the developer console, with auth jwt"),
          Setting.optional(
              "token-file",
              Setting.Kind.PATH,
              "the file with the refresh token, which is rewritten with each use; with auth oauth"),
          Setting.optional(
              "developer-token", Setting.Kind.SECRET, "lives for an hour, to try things out"),
          Setting.withDefault(
              "purge",
              Setting.Kind.FLAG,
              "true",
              "whether what is removed is removed from the trash as well"),
          Setting.withDefault(
              "calls-per-minute", Setting.Kind.TEXT, "1000", "what Box allows a user"),
          Setting.withDefault(
              "uploads-per-minute", Setting.Kind.TEXT, "240", "what Box allows a user"),
          Setting.withDefault(
              "api-address", Setting.Kind.ADDRESS, API, "of another Box, for tests"),
          Setting.withDefault(
              "upload-address", Setting.Kind.ADDRESS, UPLOAD, "of another Box, for tests"));

  private BoxDriver() {}

  /** Returns the store; nothing is asked yet. */
  public static CloudBackend open(String id, Settings settings) {
    String folder = settings.text("folder-id");
    if (!BoxErrors.isId(folder)) {
      throw new SettingException("folder-id", " is not a number");
    }
    var limits =
        new CallLimits(
            number(settings, "calls-per-minute"), number(settings, "uploads-per-minute"));
    var api = settings.findAddress("api-address").orElseThrow();
    var http = new BoxHttp();
    var network = network(http, api, settings.findAddress("upload-address").orElseThrow());
    var tokens = new BoxTokens(BoxCredentials.of(network, settings, WAYS));
    var gate = new Gate(id);
    var calls = new BoxCalls(id, gate, limits, tokens);
    var box = parts(calls, network, folder);
    return new BoxBackend(
        new BoxBackend.Options(
            id,
            "Box folder %s at %s".formatted(folder, api.getHost()),
            folder,
            settings.flag("purge")),
        gate,
        http,
        tokens,
        box,
        new BoxReader(calls, box.files(), http, network));
  }

  private static BoxParts parts(BoxCalls calls, NetworkSession network, String folder) {
    var api = new BoxApi(calls, network);
    var folders = new BoxFolders(api, calls, folder);
    var files = new BoxFiles(api, folders);
    var conflicts = new BoxConflicts(api, calls, files);
    var sessions = new BoxSessions(calls, network);
    return new BoxParts(
        calls,
        api,
        folders,
        files,
        new BoxWriter(new BoxUploads(calls, network), folders, files, conflicts),
        sessions,
        new BoxCommitter(calls, sessions, folders, files, conflicts));
  }

  private static NetworkSession network(BoxHttp http, URI api, URI upload) {
    return new NetworkSession()
        .withCustomBaseUrls(
            new BaseUrls.Builder().baseUrl(plain(api)).uploadUrl(plain(upload)).build())
        .withNetworkClient(new BoxTransport(http));
  }

  private static String plain(URI address) {
    return address.toString().replaceFirst("/+$", "");
  }

  private static int number(Settings settings, String name) {
    String text = settings.text(name);
    if (!text.matches("[1-9][0-9]{0,7}") || Integer.parseInt(text) > MAX_PER_MINUTE) {
      throw new SettingException(name, " is not a number from 1 to " + MAX_PER_MINUTE);
    }
    return Integer.parseInt(text);
  }
}
