package io.raic.cloud.box;

import io.raic.cloud.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an object is: key {@code shares/ab/abcd/0} is the file {@code abcd=0} in the folder {@code
 * ab=} in the folder {@code shares=}.
 *
 * <p><b>Names.</b> Box takes two names in a folder for one if they differ only in case, and a file
 * and a folder cannot share one. So a slash becomes {@code =} and a capital letter {@code ^} and
 * the small one; keys have neither of these characters, so different keys have different names, and
 * since names have no capital letters, folding case changes none of them. The names along the way,
 * put together, are the key: nothing has to be remembered elsewhere to list a store.
 *
 * <p><b>Folders.</b> The first two parts of a key are folders, the rest is one name. For shares,
 * that is a folder for each two characters of storage indexes, and not one for each file: the
 * shares of a file are found with one listing, of one folder, which takes one call for each 1000
 * objects in it, a million shares in all. Making a folder for each file would double the calls of
 * an upload, and hashing keys to folders would lose their order: whoever lists the store would have
 * to read all of it for each page. A sweep over the whole store costs a call for each folder, and
 * one for each 1000 objects.
 *
 * <p><b>Length.</b> Names have at most 255 characters. A part longer than {@link #PIECE} is cut
 * into pieces of that many characters of the key, each but the last one a folder whose name ends in
 * {@code +} (or in {@code =}, if the piece ends in a slash). Keys are cut at the same places,
 * however they go on, so in each folder the order of the pieces is that of the keys.
 *
 * @param folders the names of the folders, from the store's own on
 * @param name of the file
 */
record BoxPath(List<String> folders, String name) {
  /** The most characters of a key in one name, which may take two for each, and one more. */
  static final int PIECE = 120;

  /** How many parts of a key are folders. */
  private static final int FOLDERS = 2;

  /** Copies the list. */
  BoxPath {
    folders = List.copyOf(folders);
  }

  /** Returns where the object {@code key} is. */
  static BoxPath of(ObjectKey key) {
    var pieces = pieces(key.text());
    var folders = pieces.subList(0, pieces.size() - 1).stream().map(BoxPath::folderName).toList();
    return new BoxPath(folders, encode(pieces.getLast()));
  }

  /**
   * Returns the pieces of keys, in whose folders all keys are that begin with {@code prefix}: all
   * of its own but one that may go on.
   */
  static List<String> certain(String prefix) {
    var pieces = pieces(prefix);
    boolean isDone = pieces.size() <= FOLDERS && prefix.endsWith("/");
    return isDone || pieces.isEmpty() ? pieces : pieces.subList(0, pieces.size() - 1);
  }

  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    int start = 0;
    for (int level = 0; start < text.length(); level++) {
      int slash = level < FOLDERS ? text.indexOf('/', start) : -1;
      int end = slash < 0 ? text.length() : slash + 1;
      while (start < end) {
        int next = Math.min(end, start + PIECE);
        pieces.add(text.substring(start, next));
        start = next;
      }
    }
    return pieces;
  }

  /** Returns the name of the folder for keys that go on after {@code piece}. */
  static String folderName(String piece) {
    return piece.endsWith("/") ? encode(piece) : encode(piece) + "+";
  }

  private static String encode(String piece) {
    var name = new StringBuilder(piece.length() + 8);
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c == '/') {
        name.append('=');
      } else if (c >= 'A' && c <= 'Z') {
        name.append('^').append((char) (c + ('a' - 'A')));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** Returns the piece of a key that a folder is for; empty if it is none of ours. */
  static Optional<String> pieceOfFolder(String name) {
    return decode(name.endsWith("+") ? name.substring(0, name.length() - 1) : name)
        .filter(piece -> folderName(piece).equals(name));
  }

  /** Returns the piece of a key that a file is for; empty if it is none of ours. */
  static Optional<String> pieceOfFile(String name) {
    return decode(name).filter(piece -> encode(piece).equals(name));
  }

  private static Optional<String> decode(String name) {
    if (name.isEmpty() || name.length() > 2 * PIECE) {
      return Optional.empty();
    }
    var piece = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '^' && i + 1 < name.length()) {
        i++;
        piece.append((char) (name.charAt(i) - ('a' - 'A')));
      } else {
        piece.append(c == '=' ? '/' : c);
      }
    }
    return Optional.of(piece.toString());
  }
}
