package io.raic.cloud.memory;

import io.raic.cloud.BackendException;
import io.raic.cloud.ByteRange;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Precondition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A store with one object, and the ways to write and read it that tests of faults need. */
abstract class OneFaultyObject {
  static final Duration LONG = Duration.ofSeconds(30);
  static final ObjectKey KEY = ObjectKey.of("shares/ab/abcd/0");

  final MemoryBackend store = new MemoryBackend("cellar");

  void write(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (var upload = store.begin(KEY, bytes.length, Precondition.none(), in(LONG))) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }

  Download open(ByteRange range) {
    return store.get(KEY, range, in(LONG)).orElseThrow();
  }

  String read() {
    try (var download = open(ByteRange.ALL)) {
      var target = new byte[100];
      int size = 0;
      for (int n = 0; n >= 0; n = download.read(target, size, target.length - size)) {
        size += n;
      }
      return text(target, size);
    }
  }

  static String text(byte[] bytes, int size) {
    return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
  }

  static Deadline in(Duration step) {
    return Deadline.in(step);
  }

  static String failure(Runnable call) {
    try {
      call.run();
    } catch (BackendException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("it worked");
  }
}
