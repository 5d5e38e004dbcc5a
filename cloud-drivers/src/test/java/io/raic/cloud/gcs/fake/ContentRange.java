package io.raic.cloud.gcs.fake;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which bytes of an object a request brings.
 *
 * @param start of them; -1 where it brings none and asks only
 * @param end of the byte after the last one; -1 likewise; {@link #OPEN} where the object ends with
 *     the body
 * @param total of the object; -1 as long as the client does not know
 */
record ContentRange(long start, long end, long total) {
  static final long OPEN = Long.MAX_VALUE;

  private static final Pattern FORM =
      Pattern.compile("bytes (?:(\\d{1,18})-(\\d{1,18}|\\*)|\\*)/(\\d{1,18}|\\*)");

  static ContentRange of(Optional<String> header, long length) {
    if (header.isEmpty()) {
      // Then it is the whole object.
      return new ContentRange(0, Math.max(length, 0), Math.max(length, 0));
    }
    var matcher = FORM.matcher(header.get());
    if (!matcher.matches()) {
      throw Refusal.plain(400, "Failed to parse Content-Range header.");
    }
    long total = matcher.group(3).equals("*") ? -1 : Long.parseLong(matcher.group(3));
    if (matcher.group(1) == null) {
      return new ContentRange(-1, -1, total);
    }
    long start = Long.parseLong(matcher.group(1));
    if (matcher.group(2).equals("*")) {
      return new ContentRange(start, OPEN, total);
    }
    long end = Long.parseLong(matcher.group(2)) + 1;
    if (end <= start || (total >= 0 && end > total) || (length >= 0 && length != end - start)) {
      throw Refusal.plain(400, "Invalid request.  The Content-Range header does not fit the body.");
    }
    return new ContentRange(start, end, total);
  }

  boolean isQuestion() {
    return start < 0;
  }

  boolean isLast() {
    return end == OPEN || (total >= 0 && end == total);
  }
}
