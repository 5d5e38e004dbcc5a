package io.raic.cloud.box;

import com.box.sdkgen.schemas.file.File;
import com.box.sdkgen.schemas.filefull.FileFull;
import com.box.sdkgen.schemas.fileversionmini.FileVersionMini;
import com.box.sdkgen.schemas.foldermini.FolderMini;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.VersionToken;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What Box knows of a file.
 *
 * @param id of the file, through all its versions
 * @param etag another one after each change
 * @param name in its folder
 * @param folder the id of that, if it was asked for
 * @param size in bytes
 * @param sha1 of the bytes, in small hex
 * @param versionId of the current version
 * @param modified when the bytes were made, by the word of whoever sent them
 */
record BoxFile(
    String id,
    String etag,
    String name,
    Optional<String> folder,
    long size,
    String sha1,
    Optional<String> versionId,
    Optional<Instant> modified) {
  /** What has to be asked for. */
  static final List<String> FIELDS =
      List.of(
          "id",
          "type",
          "etag",
          "name",
          "size",
          "sha1",
          "file_version",
          "content_modified_at",
          "parent");

  /**
   * Reads the SDK's file.
   *
   * @throws IllegalArgumentException if it lacks what a file has
   */
  static BoxFile of(FileFull file) {
    String id = Optional.ofNullable(file.getId()).filter(BoxErrors::isId).orElse("");
    String etag = Optional.ofNullable(file.getEtag()).filter(BoxErrors::isId).orElse("");
    long size = Optional.ofNullable(file.getSize()).orElse(-1L);
    if (id.isEmpty() || etag.isEmpty() || size < 0) {
      throw new IllegalArgumentException("a file without id, etag or size");
    }
    return new BoxFile(
        id,
        etag,
        Optional.ofNullable(file.getName()).orElse(""),
        Optional.ofNullable(file.getParent()).map(FolderMini::getId).filter(BoxErrors::isId),
        size,
        Optional.ofNullable(file.getSha1()).orElse("").toLowerCase(Locale.ROOT),
        Optional.ofNullable(file.getFileVersion())
            .map(FileVersionMini::getId)
            .filter(BoxErrors::isId),
        Optional.ofNullable(((File) file).getContentModifiedAt())
            .map(OffsetDateTime::toInstant)
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** An etag alone is that of another object after a file was deleted and made again. */
  VersionToken version() {
    return new VersionToken(id + "." + etag);
  }

  ObjectInfo info(ObjectKey key) {
    return new ObjectInfo(key, size, version());
  }
}
