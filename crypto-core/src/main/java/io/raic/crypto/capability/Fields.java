package io.raic.crypto.capability;

import io.raic.crypto.bytes.Base32;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a capability, between its colons; errors name the field and never quote it. */
final class Fields {
  private static final int MAX_FIELDS = 16;
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  private final String kind;
  private final List<String> fields;

  Fields(String kind, String body) {
    this.kind = kind;
    this.fields = List.of(body.split(":", MAX_FIELDS));
  }

  void requireExactly(int count) {
    if (fields.size() != count) {
      throw new IllegalArgumentException(
          "%s: want %d fields, got %d".formatted(kind, count, fields.size()));
    }
  }

  void requireAtLeast(int count) {
    if (fields.size() < count) {
      throw new IllegalArgumentException(
          "%s: want %d fields, got %d".formatted(kind, count, fields.size()));
    }
  }

  String text(int i) {
    return fields.get(i);
  }

  byte[] base32(int i, int length) {
    String text = fields.get(i);
    if (text.length() != Base32.encodedLength(length)) {
      throw wrong(
          i,
          new IllegalArgumentException(
              "want %d characters, got %d".formatted(Base32.encodedLength(length), text.length())));
    }
    try {
      return Base32.decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(i, e);
    }
  }

  int count(int i) {
    long value = size(i);
    if (value > Integer.MAX_VALUE) {
      throw wrong(i, new IllegalArgumentException("too large"));
    }
    return (int) value;
  }

  long size(int i) {
    var digits = DIGITS.matcher(fields.get(i));
    if (!digits.matches()) {
      throw wrong(i, new IllegalArgumentException("not a number"));
    }
    return number(i, digits);
  }

  long leadingSize(int i) {
    var digits = DIGITS.matcher(fields.get(i));
    if (!digits.lookingAt()) {
      throw wrong(i, new IllegalArgumentException("not a number"));
    }
    return number(i, digits);
  }

  IllegalArgumentException wrong(int i, IllegalArgumentException reason) {
    return new IllegalArgumentException(
        "%s: field %d: %s".formatted(kind, i + 1, reason.getMessage()));
  }

  private long number(int i, Matcher digits) {
    try {
      return Long.parseLong(digits.group());
    } catch (NumberFormatException _) {
      throw wrong(i, new IllegalArgumentException("too large"));
    }
  }
}
