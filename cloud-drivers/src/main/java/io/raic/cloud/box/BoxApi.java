package io.raic.cloud.box;

import com.box.sdkgen.managers.files.FilesManager;
import com.box.sdkgen.managers.files.GetFileByIdQueryParams;
import com.box.sdkgen.managers.folders.CreateFolderQueryParams;
import com.box.sdkgen.managers.folders.CreateFolderRequestBody;
import com.box.sdkgen.managers.folders.CreateFolderRequestBodyParentField;
import com.box.sdkgen.managers.folders.FoldersManager;
import com.box.sdkgen.managers.folders.GetFolderByIdQueryParams;
import com.box.sdkgen.managers.folders.GetFolderItemsQueryParams;
import com.box.sdkgen.managers.trashedfiles.TrashedFilesManager;
import com.box.sdkgen.managers.uploads.PreflightFileUploadCheckRequestBody;
import com.box.sdkgen.managers.uploads.PreflightFileUploadCheckRequestBodyParentField;
import com.box.sdkgen.managers.uploads.UploadsManager;
import com.box.sdkgen.managers.users.GetUserMeQueryParams;
import com.box.sdkgen.managers.users.UsersManager;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.item.Item;
import com.box.sdkgen.schemas.userfull.UserFull;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The calls that find, make and remove folders and files. Each one is one request, but for retries;
 * what is not there is empty.
 */
final class BoxApi {
  /** The most items of a page. */
  private static final long PAGE_ITEMS = 1000;

  /**
   * A page of what a folder holds.
   *
   * @param folders names and ids
   * @param files with all that is known of them
   * @param marker where the next page begins; empty after the last one
   */
  record Items(List<Folder> folders, List<BoxFile> files, Optional<String> marker) {}

  /**
   * A folder.
   *
   * @param id its id
   * @param name in the folder that it is in
   */
  record Folder(String id, String name) {}

  /**
   * What an account may hold.
   *
   * @param spaceBytes in all
   * @param usedBytes already
   * @param maxUploadBytes in one file
   */
  record Account(long spaceBytes, long usedBytes, long maxUploadBytes) {}

  private final BoxCalls calls;
  private final FoldersManager folders;
  private final FilesManager files;
  private final TrashedFilesManager trash;
  private final UploadsManager uploads;
  private final UsersManager users;

  BoxApi(BoxCalls calls, NetworkSession session) {
    this.calls = calls;
    this.folders = new FoldersManager.Builder().networkSession(session).build();
    this.files = new FilesManager.Builder().networkSession(session).build();
    this.trash = new TrashedFilesManager.Builder().networkSession(session).build();
    this.uploads = new UploadsManager.Builder().networkSession(session).build();
    this.users = new UsersManager.Builder().networkSession(session).build();
  }

  private static <T> Optional<T> found(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (BoxRefusal refusal) {
      if (refusal.isNotFound()) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  Optional<BoxFile> file(Operation operation, Deadline deadline, String id) {
    var fields = new GetFileByIdQueryParams.Builder().fields(BoxFile.FIELDS).build();
    return found(
        () -> calls.make(operation, deadline, _ -> BoxFile.of(files.getFileById(id, fields))));
  }

  /**
   * Returns the id of the file with this name, asked for as a question whether one could be
   * uploaded: that takes one call however many files there are, and knows of all at once.
   *
   * @throws BoxRefusal if the folder is not there
   */
  Optional<String> fileNamed(Operation operation, Deadline deadline, String folder, String name) {
    var question =
        new PreflightFileUploadCheckRequestBody.Builder()
            .name(name)
            .size(0)
            .parent(new PreflightFileUploadCheckRequestBodyParentField.Builder().id(folder).build())
            .build();
    try {
      calls.make(operation, deadline, _ -> uploads.preflightFileUploadCheck(question));
      return Optional.empty();
    } catch (BoxRefusal refusal) {
      if (refusal.isNameInUse()) {
        return refusal.conflict().filter(BoxRefusal.Conflict::isFile).map(c -> c.id());
      }
      throw refusal;
    }
  }

  /** Returns a page of what a folder holds; empty if there is no such folder. */
  Optional<Items> items(
      Operation operation, Deadline deadline, String folder, Optional<String> marker) {
    var query =
        new GetFolderItemsQueryParams.Builder()
            .fields(BoxFile.FIELDS)
            .usemarker(true)
            .limit(PAGE_ITEMS);
    marker.ifPresent(query::marker);
    return found(() ->
        calls.make(
            operation,
            deadline,
            _ -> {
              var page = folders.getFolderItems(folder, query.build());
              var next = Optional.ofNullable(page.getNextMarker()).filter(m -> !m.isEmpty());
              return items(page.getEntries(), next);
            }));
  }

  private static Items items(List<Item> entries, Optional<String> marker) {
    var inside = new ArrayList<Folder>();
    var found = new ArrayList<BoxFile>();
    for (Item item : entries) {
      if (item.isFileFull()) {
        found.add(BoxFile.of(item.getFileFull()));
      } else if (item.isFolderFull() && BoxErrors.isId(item.getId())) {
        inside.add(new Folder(item.getId(), item.getName()));
      }
    }
    return new Items(inside, found, marker);
  }

  /**
   * Makes a folder, or finds the one that has the name, and returns its id.
   *
   * @throws BoxRefusal if the folder that it is to be in is not there
   */
  String makeFolder(Operation operation, Deadline deadline, String parent, String name) {
    var body = new CreateFolderRequestBody(name, new CreateFolderRequestBodyParentField(parent));
    var fields = new CreateFolderQueryParams.Builder().fields(List.of("id", "name")).build();
    try {
      return calls.make(operation, deadline, _ -> folders.createFolder(body, fields).getId());
    } catch (BoxRefusal refusal) {
      return refusal
          .conflict()
          .filter(conflict -> refusal.isNameInUse() && !conflict.isFile())
          .map(BoxRefusal.Conflict::id)
          .orElseThrow(() -> refusal);
    }
  }

  /** Says whether files can be put into a folder; empty if it is not there. */
  Optional<Boolean> mayUploadTo(Operation operation, Deadline deadline, String folder) {
    var query = new GetFolderByIdQueryParams.Builder().fields(List.of("id", "permissions")).build();
    return found(() ->
        calls.make(
            operation,
            deadline,
            _ ->
                Optional.ofNullable(folders.getFolderById(folder, query).getPermissions())
                    .map(may -> may.getCanUpload() && may.getCanDelete())
                    .orElse(true)));
  }

  /** Moves a file to the trash, and says whether it was there. */
  boolean delete(Operation operation, Deadline deadline, String id) {
    try {
      return calls.make(
          operation,
          deadline,
          number -> {
            try {
              files.deleteFileById(id);
              return true;
            } catch (BoxRefusal refusal) {
              // Then the attempt before has done it.
              if (number > 1 && refusal.isNotFound()) {
                return true;
              }
              throw refusal;
            }
          });
    } catch (BoxRefusal refusal) {
      if (refusal.isNotFound()) {
        return false;
      }
      throw refusal;
    }
  }

  /** Removes a file from the trash for good; one that is not there is none. */
  void purge(Operation operation, Deadline deadline, String id) {
    found(() ->
        calls.make(
            operation,
            deadline,
            _ -> {
              trash.deleteTrashedFileById(id);
              return true;
            }));
  }

  Account account(Operation operation, Deadline deadline) {
    var fields = List.of("space_amount", "space_used", "max_upload_size");
    var query = new GetUserMeQueryParams.Builder().fields(fields).build();
    UserFull me = calls.make(operation, deadline, _ -> users.getUserMe(query));
    return new Account(
        Optional.ofNullable(me.getSpaceAmount()).orElse(0L),
        Optional.ofNullable(me.getSpaceUsed()).orElse(0L),
        Optional.ofNullable(me.getMaxUploadSize()).orElse(0L));
  }
}
