package io.raic.cloud.box;

import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The folders below the store's own: found by their names, made when they are needed. */
final class BoxFolders {
  /** How often the way to a folder is tried anew, after a part of it was gone. */
  static final int MAX_ROUNDS = 4;

  private final BoxApi api;
  private final BoxCalls calls;
  private final String root;
  private final BoxIds ids = new BoxIds();

  BoxFolders(BoxApi api, BoxCalls calls, String root) {
    this.api = api;
    this.calls = calls;
    this.root = root;
  }

  private static String way(List<String> names) {
    return String.join("/", names) + "/";
  }

  /** Returns the id of a folder that was seen; empty does not mean that there is none. */
  Optional<String> seen(List<String> names) {
    return names.isEmpty() ? Optional.of(root) : ids.find(way(names));
  }

  void remember(List<String> names, String id) {
    ids.remember(way(names), id);
  }

  /** Forgets a folder that was not there, and the way to it: any part of that may be gone. */
  void forget(List<String> names) {
    for (int length = names.size(); length > 0; length--) {
      ids.forgetBelow(way(names.subList(0, length)));
    }
  }

  /** Says that the store's own folder is not there. */
  BackendException noRoot(Operation operation) {
    return new BackendException.AccessDenied(
        calls.request(operation),
        "there is no folder %s, or this account may not see it".formatted(root));
  }

  /**
   * Returns the id of a folder, which may be gone in the meantime.
   *
   * @return empty if there is none
   */
  Optional<String> find(List<String> names, Operation operation, Deadline deadline) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var seen = seen(names);
      if (seen.isPresent()) {
        return seen;
      }
      var above = names.subList(0, names.size() - 1);
      var parent = find(above, operation, deadline);
      if (parent.isEmpty()) {
        return Optional.empty();
      }
      var looked = look(names, parent.get(), operation, deadline);
      if (looked.isPresent()) {
        return looked.get().id();
      }
      if (above.isEmpty()) {
        throw noRoot(operation);
      }
      forget(above);
    }
    throw changing(operation);
  }

  /** What a look finds: there may be more folders than can be remembered. */
  private record Looked(Optional<String> id) {}

  /**
   * Looks for a folder, and takes note of all that are beside it.
   *
   * @param names of the folder that is looked for
   * @param parent the id of the one that it is to be in
   * @return empty if that is not there
   */
  private Optional<Looked> look(
      List<String> names, String parent, Operation operation, Deadline deadline) {
    var above = names.subList(0, names.size() - 1);
    Optional<String> id = Optional.empty();
    Optional<String> marker = Optional.empty();
    do {
      var page = api.items(operation, deadline, parent, marker);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      for (BoxApi.Folder inside : page.get().folders()) {
        remember(child(above, inside.name()), inside.id());
        if (inside.name().equals(names.getLast())) {
          id = Optional.of(inside.id());
        }
      }
      marker = page.get().marker();
    } while (marker.isPresent());
    return Optional.of(new Looked(id));
  }

  static List<String> child(List<String> names, String name) {
    var child = new ArrayList<>(names);
    child.add(name);
    return child;
  }

  /** Returns the id of a folder, which is made if it is not there, with the way to it. */
  String make(List<String> names, Operation operation, Deadline deadline) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var seen = seen(names);
      if (seen.isPresent()) {
        return seen.get();
      }
      var above = names.subList(0, names.size() - 1);
      String parent = make(above, operation, deadline);
      try {
        String id = api.makeFolder(operation, deadline, parent, names.getLast());
        remember(names, id);
        return id;
      } catch (BoxRefusal refusal) {
        if (!refusal.isNotFound()) {
          throw BoxErrors.translate(calls.request(operation), refusal);
        }
        if (above.isEmpty()) {
          throw noRoot(operation);
        }
        forget(above);
      }
    }
    throw changing(operation);
  }

  BackendException changing(Operation operation) {
    return new BackendException.Unavailable(
        calls.request(operation), "folders are removed as fast as they are found");
  }
}
