package io.raic.cloud.box;

import com.box.sdkgen.managers.uploads.UploadFileHeaders;
import com.box.sdkgen.managers.uploads.UploadFileQueryParams;
import com.box.sdkgen.managers.uploads.UploadFileRequestBody;
import com.box.sdkgen.managers.uploads.UploadFileRequestBodyAttributesField;
import com.box.sdkgen.managers.uploads.UploadFileRequestBodyAttributesParentField;
import com.box.sdkgen.managers.uploads.UploadFileVersionHeaders;
import com.box.sdkgen.managers.uploads.UploadFileVersionQueryParams;
import com.box.sdkgen.managers.uploads.UploadFileVersionRequestBody;
import com.box.sdkgen.managers.uploads.UploadFileVersionRequestBodyAttributesField;
import com.box.sdkgen.managers.uploads.UploadsManager;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.files.Files;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Uploads in one request; Box checks the SHA-1 that stands in it. */
final class BoxUploads {
  /**
   * What is uploaded.
   *
   * @param bytes all of them
   * @param mark to know the write by
   * @param sent is told how far it is
   */
  record Whole(BoxBytes bytes, WriteMark mark, IntConsumer sent) {}

  /** How many attempts were made: after the first, a refusal may be its doing. */
  static final class Attempts {
    private int made;

    boolean areSeveral() {
      return made > 1;
    }

    void note(int number) {
      made = Math.max(made, number);
    }
  }

  private final BoxCalls calls;
  private final UploadsManager uploads;

  BoxUploads(BoxCalls calls, NetworkSession session) {
    this.calls = calls;
    this.uploads = new UploadsManager.Builder().networkSession(session).build();
  }

  /**
   * Makes a file.
   *
   * @throws BoxRefusal if the name is in use, or the folder not there
   */
  BoxFile create(String folder, String name, Whole whole, Deadline deadline, Attempts attempts) {
    var attributes =
        new UploadFileRequestBodyAttributesField.Builder(
                name, new UploadFileRequestBodyAttributesParentField(folder))
            .contentModifiedAt(whole.mark().instant().atOffset(ZoneOffset.UTC))
            .build();
    var headers = new UploadFileHeaders.Builder().contentMd5(whole.mark().sha1()).build();
    var query = new UploadFileQueryParams.Builder().fields(BoxFile.FIELDS).build();
    return calls.upload(
        Operation.COMMIT,
        deadline,
        whole.sent(),
        number -> {
          attempts.note(number);
          var body = new UploadFileRequestBody(attributes, whole.bytes());
          return only(uploads.uploadFile(body, query, headers));
        });
  }

  /**
   * Gives a file new bytes.
   *
   * @param ifMatch the etag that it must have, if any
   * @throws BoxRefusal if it is not there, or has another etag
   */
  BoxFile replace(
      String id,
      String name,
      Optional<String> ifMatch,
      Whole whole,
      Deadline deadline,
      Attempts attempts) {
    var attributes =
        new UploadFileVersionRequestBodyAttributesField.Builder(name)
            .contentModifiedAt(whole.mark().instant().atOffset(ZoneOffset.UTC))
            .build();
    var headers = new UploadFileVersionHeaders.Builder().contentMd5(whole.mark().sha1());
    ifMatch.ifPresent(headers::ifMatch);
    var query = new UploadFileVersionQueryParams.Builder().fields(BoxFile.FIELDS).build();
    return calls.upload(
        Operation.COMMIT,
        deadline,
        whole.sent(),
        number -> {
          attempts.note(number);
          var body = new UploadFileVersionRequestBody(attributes, whole.bytes());
          return only(uploads.uploadFileVersion(id, body, query, headers.build()));
        });
  }

  /** Returns the one file that an upload answers with. */
  static BoxFile only(Files files) {
    return BoxFile.of(files.getEntries().getFirst());
  }
}
