package io.raic.cloud.box.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All folders and files of an account. Names are unique in a folder without regard to case; what is
 * deleted is in the trash and counts until it is purged. Every method is one atomic step.
 */
final class FakeDisk {
  static final String ROOT = "0";

  /** Ids of the real service have twelve digits and more. */
  private static final long FIRST_ID = 100_000_000_000L;

  private final FakeClock clock;
  private final FakeAccount account;
  private final Map<String, FakeItem> items = new LinkedHashMap<>();
  private final Map<String, FakeItem> names = new LinkedHashMap<>();
  private long lastId = FIRST_ID;

  FakeDisk(FakeClock clock, FakeAccount account) {
    this.clock = clock;
    this.account = account;
    items.put(ROOT, new FakeItem.Folder(ROOT, "All Files", "", clock.now()));
  }

  synchronized FakeItem.Folder folder(String id) {
    if (items.get(id) instanceof FakeItem.Folder folder && !folder.isTrashed()) {
      return folder;
    }
    throw Refusal.notFound();
  }

  synchronized FakeItem.File file(String id) {
    if (items.get(id) instanceof FakeItem.File file && !file.isTrashed()) {
      return file;
    }
    throw Refusal.notFound();
  }

  synchronized FakeItem.Folder newFolder(String parent, String name) {
    Names.require(name);
    folder(parent);
    named(parent, name)
        .ifPresent(there -> {
          throw Refusal.nameInUse(List.of(Fields.mini(there)));
        });
    var folder = new FakeItem.Folder(newId(), name, parent, clock.now());
    put(folder);
    return folder;
  }

  /** Refuses what could not be uploaded. */
  synchronized void requireRoom(String parent, String name, long size) {
    account.requireUpload();
    Names.require(name);
    folder(parent);
    named(parent, name)
        .ifPresent(there -> {
          throw Refusal.nameInUse(Fields.mini(there));
        });
    requireSpace(size);
  }

  synchronized void requireSpace(long size) {
    if (size > account.maxUploadBytes()) {
      throw new Refusal(
          403, "file_size_limit_exceeded", "File size exceeds the folder owner's file size limit");
    }
    if (size > account.spaceBytes() - used()) {
      throw new Refusal(403, "storage_limit_exceeded", "Account storage limit reached");
    }
  }

  synchronized FakeItem.File newFile(
      String parent,
      String name,
      Body body,
      Optional<Instant> created,
      Optional<Instant> modified) {
    requireRoom(parent, name, body.size());
    var now = clock.now();
    var file = new FakeItem.File(newId(), name, parent, now, created.orElse(now));
    file.add(new FakeItem.Version(newId(), body, modified.orElse(now)));
    put(file);
    return file;
  }

  synchronized FakeItem.File newVersion(
      String id, Optional<String> ifMatch, Body body, Optional<Instant> modified) {
    var file = file(id);
    requireMatch(file, ifMatch);
    requireSpace(body.size());
    file.add(new FakeItem.Version(newId(), body, modified.orElse(clock.now())));
    return file;
  }

  synchronized void removeVersion(String id, String version) {
    var file = file(id);
    var body = file.versions().stream().filter(v -> v.id().equals(version)).findFirst();
    if (!file.remove(version)) {
      throw Refusal.notFound();
    }
    body.ifPresent(v -> Bodies.remove(v.body()));
  }

  synchronized void moveFile(String id, String folder) {
    var file = file(id);
    folder(folder);
    named(folder, file.name())
        .ifPresent(there -> {
          throw Refusal.nameInUse(Fields.mini(there));
        });
    names.remove(place(file.parent(), file.name()));
    file.move(folder);
    put(file);
  }

  synchronized void trashFile(String id, Optional<String> ifMatch) {
    var file = file(id);
    requireMatch(file, ifMatch);
    trash(file);
  }

  synchronized void trashFolder(String id, boolean isRecursive, Optional<String> ifMatch) {
    if (id.equals(ROOT)) {
      throw new Refusal(403, "access_denied_insufficient_permissions", "Access denied");
    }
    var folder = folder(id);
    requireMatch(folder, ifMatch);
    var inside = children(id);
    if (!isRecursive && !inside.isEmpty()) {
      throw new Refusal(400, "folder_not_empty", "Cannot delete - folder not empty");
    }
    for (FakeItem item : inside) {
      if (item instanceof FakeItem.Folder) {
        trashFolder(item.id(), true, Optional.empty());
      } else {
        trash(item);
      }
    }
    trash(folder);
  }

  /** Removes from the trash for good. */
  synchronized void purge(String id, String type) {
    var item = items.get(id);
    if (item == null || !item.isTrashed() || !item.type().equals(type)) {
      throw Refusal.notFound();
    }
    items.remove(id);
    switch (item) {
      case FakeItem.File file -> file.versions().forEach(v -> Bodies.remove(v.body()));
      case FakeItem.Folder folder ->
          List.copyOf(items.values()).stream()
              .filter(inside -> inside.parent().equals(folder.id()))
              .forEach(inside -> purge(inside.id(), inside.type()));
    }
  }

  /**
   * Returns what is in a folder: folders first, then files, each by id. A client that relies on
   * names to be in order is wrong: marker paging promises nothing of the kind.
   */
  synchronized List<FakeItem> children(String id) {
    folder(id);
    var children = new ArrayList<FakeItem>();
    for (FakeItem item : names.values()) {
      if (item.parent().equals(id)) {
        children.add(item);
      }
    }
    children.sort(
        Comparator.comparing((FakeItem item) -> item.type().equals("file"))
            .thenComparing(item -> Long.valueOf(item.id())));
    return children;
  }

  /** Returns the bytes of all versions, of what is in the trash too. */
  synchronized long used() {
    long used = 0;
    for (FakeItem item : items.values()) {
      if (item instanceof FakeItem.File file) {
        for (FakeItem.Version version : file.versions()) {
          used += version.body().size();
        }
      }
    }
    return used;
  }

  /** Returns how many files are in the trash. */
  synchronized long trashed() {
    return items.values().stream().filter(FakeItem::isTrashed).count();
  }

  static void requireMatch(FakeItem item, Optional<String> ifMatch) {
    if (ifMatch.isPresent() && !ifMatch.get().equals(item.etag())) {
      throw Refusal.preconditionFailed();
    }
  }

  private Optional<FakeItem> named(String parent, String name) {
    return Optional.ofNullable(names.get(place(parent, name)));
  }

  private void put(FakeItem item) {
    items.put(item.id(), item);
    names.put(place(item.parent(), item.name()), item);
  }

  private void trash(FakeItem item) {
    names.remove(place(item.parent(), item.name()));
    item.trash();
  }

  private static String place(String parent, String name) {
    return parent + "/" + Names.folded(name);
  }

  private String newId() {
    return Long.toString(++lastId);
  }
}
