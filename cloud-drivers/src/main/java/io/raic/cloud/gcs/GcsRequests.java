package io.raic.cloud.gcs;

import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import io.raic.cloud.ByteRange;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.call.Watch;
import io.raic.cloud.parts.PartTarget.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The requests of the JSON API, not sent yet. For any thread. */
final class GcsRequests {
  /** What a store must be allowed to do. */
  static final List<String> PERMISSIONS =
      List.of(
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.list");

  private static final String INFO = "name,size,generation";
  private static final byte[] NOTHING = {};

  private final GcsPlace place;
  private final Storage storage;

  GcsRequests(GcsPlace place, HttpTransport transport) {
    this.place = place;
    this.storage =
        new Storage.Builder(transport, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(place.root())
            .setApplicationName("raic")
            .build();
  }

  /** Asks what is known of an object. */
  HttpRequest stat(ObjectKey key) throws IOException {
    return storage
        .objects()
        .get(place.bucket(), place.name(key))
        .setFields(INFO)
        .setUserProject(place.project().orElse(null))
        .buildHttpRequest();
  }

  /** Asks which write made an object. */
  HttpRequest statOfWrite(ObjectKey key) throws IOException {
    return storage
        .objects()
        .get(place.bucket(), place.name(key))
        .setFields(INFO + ",crc32c,metadata")
        .setUserProject(place.project().orElse(null))
        .buildHttpRequest();
  }

  /** Asks for bytes; {@code range} is not empty. */
  HttpRequest bytes(ObjectKey key, ByteRange range) throws IOException {
    var request =
        storage
            .objects()
            .get(place.bucket(), place.name(key))
            .setAlt("media")
            .setUserProject(place.project().orElse(null))
            .buildHttpRequest();
    request.getHeaders().setAcceptEncoding("identity");
    if (!range.equals(ByteRange.ALL)) {
      String last = range.end() == ByteRange.TO_END ? "" : Long.toString(range.end() - 1);
      request.getHeaders().setRange("bytes=%d-%s".formatted(range.start(), last));
    }
    return request;
  }

  HttpRequest list(String prefix, Optional<String> pageToken, int limit) throws IOException {
    return storage
        .objects()
        .list(place.bucket())
        .setPrefix(place.prefix() + prefix)
        .setPageToken(pageToken.orElse(null))
        .setMaxResults((long) limit)
        .setFields("nextPageToken,items(" + INFO + ")")
        .setUserProject(place.project().orElse(null))
        .buildHttpRequest();
  }

  HttpRequest delete(ObjectKey key) throws IOException {
    return storage
        .objects()
        .delete(place.bucket(), place.name(key))
        .setUserProject(place.project().orElse(null))
        .buildHttpRequest();
  }

  /** Asks which of the permissions there are. */
  HttpRequest permissions() throws IOException {
    return storage
        .buckets()
        .testIamPermissions(place.bucket(), PERMISSIONS)
        .setUserProject(place.project().orElse(null))
        .buildHttpRequest();
  }

  /** Sends a whole object with its description, which holds the checksum. */
  HttpRequest insert(StorageObject description, OptionalLong generation, Part whole, Watch watch)
      throws IOException {
    String boundary = "raic-" + UUID.randomUUID();
    String head =
        """
        --%s\r
        Content-Type: application/json; charset=UTF-8\r
        \r
        %s\r
        --%s\r
        Content-Type: application/octet-stream\r
        \r
        """
            .formatted(boundary, description.toPrettyString(), boundary);
    var body =
        new PartContent(
            "multipart/related; boundary=" + boundary,
            head.getBytes(StandardCharsets.UTF_8),
            whole,
            0,
            "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8),
            watch);
    return post(upload("multipart", generation), body);
  }

  /** Begins an upload in parts. */
  HttpRequest begin(StorageObject description, OptionalLong generation, long length)
      throws IOException {
    var request =
        post(
            upload("resumable", generation),
            new JsonHttpContent(GsonFactory.getDefaultInstance(), description));
    request
        .getHeaders()
        .set("X-Upload-Content-Type", "application/octet-stream")
        .set("X-Upload-Content-Length", length);
    return request;
  }

  private GenericUrl upload(String type, OptionalLong generation) {
    var url = new GenericUrl(place.root() + "upload/storage/v1/b/" + place.bucket() + "/o");
    url.put("uploadType", type);
    url.put("fields", INFO + ",crc32c");
    generation.ifPresent(g -> url.put("ifGenerationMatch", g));
    place.project().ifPresent(project -> url.put("userProject", project));
    return url;
  }

  private HttpRequest post(GenericUrl url, HttpContent body) throws IOException {
    return storage.getRequestFactory().buildPostRequest(url, body);
  }

  /**
   * Sends a part to a session.
   *
   * @param from the first byte of the part that the session has not
   * @param total bytes of the object, if this is the last part; otherwise the session is told
   *     nothing of it
   */
  HttpRequest send(GenericUrl session, Part part, int from, OptionalLong total, Watch watch)
      throws IOException {
    var request =
        storage
            .getRequestFactory()
            .buildPutRequest(
                session,
                new PartContent("application/octet-stream", NOTHING, part, from, NOTHING, watch));
    String all = total.isPresent() ? Long.toString(total.getAsLong()) : "*";
    request
        .getHeaders()
        .setContentRange(
            "bytes %d-%d/%s"
                .formatted(part.offset() + from, part.offset() + part.length() - 1, all));
    return request;
  }

  /** Asks a session what it has. */
  HttpRequest ask(GenericUrl session, OptionalLong total) throws IOException {
    var request = storage.getRequestFactory().buildPutRequest(session, new EmptyContent());
    String all = total.isPresent() ? Long.toString(total.getAsLong()) : "*";
    request.getHeaders().setContentRange("bytes */" + all);
    return request;
  }

  /** Gives a session up. */
  HttpRequest cancel(GenericUrl session) throws IOException {
    return storage.getRequestFactory().buildDeleteRequest(session);
  }
}
