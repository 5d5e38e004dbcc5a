package io.raic.cloud.box.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder or a file; all state is guarded by {@link FakeDisk}. */
abstract sealed class FakeItem {
  private final String id;
  private final String name;
  private String parent;
  private final Instant created;
  private boolean isTrashed;

  private FakeItem(String id, String name, String parent, Instant created) {
    this.id = id;
    this.name = name;
    this.parent = parent;
    this.created = created;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** Returns the id of the folder it is in. */
  String parent() {
    return parent;
  }

  Instant created() {
    return created;
  }

  void move(String folder) {
    parent = folder;
  }

  boolean isTrashed() {
    return isTrashed;
  }

  void trash() {
    isTrashed = true;
  }

  abstract String type();

  abstract String etag();

  /** A folder. */
  static final class Folder extends FakeItem {
    Folder(String id, String name, String parent, Instant created) {
      super(id, name, parent, created);
    }

    @Override
    String type() {
      return "folder";
    }

    @Override
    String etag() {
      return "0";
    }
  }

  /**
   * One version of a file.
   *
   * @param id of the version
   * @param body its bytes
   * @param contentModified when its bytes were made, by the client's word
   */
  record Version(String id, Body body, Instant contentModified) {}

  /** A file. */
  static final class File extends FakeItem {
    private final List<Version> versions = new ArrayList<>();
    private final Instant contentCreated;
    private int changes = -1;

    File(String id, String name, String parent, Instant created, Instant contentCreated) {
      super(id, name, parent, created);
      this.contentCreated = contentCreated;
    }

    void add(Version version) {
      versions.add(version);
      changes++;
    }

    @Override
    void move(String folder) {
      super.move(folder);
      changes++;
    }

    boolean remove(String versionId) {
      return !versionId.equals(current().id()) && versions.removeIf(v -> v.id().equals(versionId));
    }

    Version current() {
      return versions.getLast();
    }

    Instant contentCreated() {
      return contentCreated;
    }

    /** Returns all versions, the oldest first. */
    List<Version> versions() {
      return List.copyOf(versions);
    }

    @Override
    String type() {
      return "file";
    }

    @Override
    String etag() {
      return Integer.toString(changes);
    }
  }
}
