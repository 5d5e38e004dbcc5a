package io.raic.cloud.box;

import io.raic.cloud.Deadline;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The next names of one folder, in the order of keys.
 *
 * <p>To find them the whole folder is read, a call for each 1000 items, and the least {@link #MOST}
 * are kept. If there are more, it is read again after those: memory is bounded however many there
 * are, and only a folder with more than that many is read more than once.
 */
final class BoxWindow {
  /** The most names that are kept. */
  static final int MOST = 4000;

  /**
   * A folder.
   *
   * @param names on the way to it
   * @param text that all keys in it begin with
   * @param id its id
   */
  record Place(List<String> names, String text, String id) {}

  /**
   * A file, which is an object, or a folder of more.
   *
   * @param text the key, or what all keys in the folder begin with
   * @param name in Box
   * @param id in Box
   * @param file with all that is known of it, if it is one
   */
  record Entry(String text, String name, String id, Optional<BoxFile> file) {
    /** An object with just the text comes before all that go on. */
    private static final Comparator<Entry> ORDER =
        Comparator.comparing(Entry::text).thenComparing(entry -> entry.file().isEmpty());
  }

  private final BoxParts box;
  private final Place place;
  private final String prefix;
  private final String after;
  private final TreeSet<Entry> entries = new TreeSet<>(Entry.ORDER);
  private Optional<Entry> last = Optional.empty();
  private boolean hasMore;

  BoxWindow(BoxParts box, Place place, String prefix, String after) {
    this.box = box;
    this.place = place;
    this.prefix = prefix;
    this.after = after;
  }

  Place place() {
    return place;
  }

  Optional<Entry> peek() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first());
  }

  /** Returns the first one, and does not give it out again. */
  Entry take() {
    var first = entries.removeFirst();
    last = Optional.of(first);
    return first;
  }

  /** Says whether there are more than were read. */
  boolean hasMore() {
    return hasMore;
  }

  /** Reads the names after the last one that was taken; false if the folder is not there. */
  boolean fill(Deadline deadline) {
    entries.clear();
    hasMore = false;
    Optional<String> marker = Optional.empty();
    do {
      var items = box.api().items(Operation.LIST, deadline, place.id(), marker);
      if (items.isEmpty()) {
        return false;
      }
      items.get().folders().forEach(this::addFolder);
      items.get().files().forEach(this::addFile);
      marker = items.get().marker();
    } while (marker.isPresent());
    return true;
  }

  private void addFolder(BoxApi.Folder folder) {
    box.folders().remember(BoxFolders.child(place.names(), folder.name()), folder.id());
    BoxPath.pieceOfFolder(folder.name())
        .map(place.text()::concat)
        .filter(text -> text.startsWith(prefix) || prefix.startsWith(text))
        .filter(text -> text.compareTo(after) > 0 || after.startsWith(text))
        .ifPresent(text -> add(new Entry(text, folder.name(), folder.id(), Optional.empty())));
  }

  private void addFile(BoxFile file) {
    BoxPath.pieceOfFile(file.name())
        .map(place.text()::concat)
        .filter(text -> text.startsWith(prefix) && text.compareTo(after) > 0)
        .filter(text -> isHere(text, file.name()))
        .ifPresent(text -> add(new Entry(text, file.name(), file.id(), Optional.of(file))));
  }

  /** Says whether an object is where it would be looked for: people put files where they like. */
  private boolean isHere(String text, String name) {
    return ObjectKey.isValid(text)
        && BoxPath.of(ObjectKey.of(text)).equals(new BoxPath(place.names(), name));
  }

  private void add(Entry entry) {
    if (last.isEmpty() || Entry.ORDER.compare(entry, last.get()) > 0) {
      entries.add(entry);
      if (entries.size() > MOST) {
        entries.removeLast();
        hasMore = true;
      }
    }
  }
}
