package io.raic.cloud.box.fake;

import java.io.IOException;
import java.util.List;

/** {@code /2.0/files/ID}: what is known of a file, and its end. */
final class FilesApi {
  private final FakeDisk disk;
  private final FakeAccount account;

  FilesApi(FakeDisk disk, FakeAccount account) {
    this.disk = disk;
    this.account = account;
  }

  void get(FakeRequest request) throws IOException {
    var file = disk.file(request.part(2));
    if (request.header("If-None-Match").filter(file.etag()::equals).isPresent()) {
      request.answer(304);
      return;
    }
    request.answer(200, Fields.of(file, request.fields()));
  }

  void delete(FakeRequest request) throws IOException {
    account.requireUpload();
    disk.trashFile(request.part(2), request.ifMatch());
    request.answer(204);
  }

  void purge(FakeRequest request) throws IOException {
    account.requirePurge();
    disk.purge(request.part(2), "file");
    request.answer(204);
  }

  void versions(FakeRequest request) throws IOException {
    var old = disk.file(request.part(2)).versions();
    var entries = old.subList(0, old.size() - 1).reversed().stream().map(Fields::version).toList();
    request.answer(
        200,
        Json.object(
            "total_count",
            (long) entries.size(),
            "limit",
            1000L,
            "offset",
            0L,
            "entries",
            List.copyOf(entries)));
  }

  void deleteVersion(FakeRequest request) throws IOException {
    disk.removeVersion(request.part(2), request.part(-1));
    request.answer(204);
  }

  /** {@code /2.0/users/me}. */
  void me(FakeRequest request) throws IOException {
    var json =
        Json.object(
            "type",
            "user",
            "id",
            FakeAccount.USER,
            "name",
            "raic",
            "login",
            "AutomationUser_1_fake@boxdevedition.com",
            "status",
            "active",
            "space_amount",
            account.spaceBytes(),
            "space_used",
            disk.used(),
            "max_upload_size",
            account.maxUploadBytes());
    request.answer(200, Fields.chosen(json, request.fields()));
  }
}
