package io.raic.cloud.gcs.fake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All resumable uploads; whoever knows the address of one may go on with it. */
final class Sessions {
  private final Map<String, Session> open = new ConcurrentHashMap<>();
  private final Supplier<Path> files;

  Sessions(Supplier<Path> files) {
    this.files = files;
  }

  Answer begin(Bucket bucket, Call call) throws IOException {
    var said = call.json();
    call.header("X-Upload-Content-Type")
        .filter(_ -> !said.has("contentType"))
        .ifPresent(type -> said.addProperty("contentType", type));
    String name = Inserts.name(bucket, call, said);
    Settings.kept(said);
    var preconditions = Preconditions.of(call);
    bucket.requireForChange(name, preconditions);
    long announced = call.header("X-Upload-Content-Length").map(Long::parseLong).orElse(-1L);
    String id = UUID.randomUUID().toString().replace("-", "");
    open.put(id, new Session(bucket, name, said, preconditions, announced, files.get()));
    String location =
        "%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
            .formatted(call.origin(), bucket.name(), id);
    return Answer.empty(200).with(Map.of("Location", location, "X-GUploader-UploadID", id));
  }

  Session find(Call call) {
    return Optional.ofNullable(open.get(call.requiredQuery("upload_id")))
        .orElseThrow(() -> Refusal.plain(404, "Not Found"));
  }

  void expireAll() {
    open.values().forEach(Session::expire);
  }

  int openCount() {
    return (int) open.values().stream().filter(Session::isOpen).count();
  }
}
