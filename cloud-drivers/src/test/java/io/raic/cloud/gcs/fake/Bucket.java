package io.raic.cloud.gcs.fake;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Objects by name; each change is one step. */
final class Bucket {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  /** The service orders names by their bytes in UTF-8. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final String name;
  private final Instant created = Instant.now();
  private final NavigableMap<String, StoredObject> objects = new TreeMap<>(BY_BYTES);
  private long lastGeneration;

  Bucket(String name) {
    if (!NAME.matcher(name).matches() || name.startsWith("goog")) {
      throw Refusal.invalid("Invalid bucket name: '" + name + "'");
    }
    this.name = name;
  }

  String name() {
    return name;
  }

  JsonObject json() {
    var json = new JsonObject();
    json.addProperty("kind", "storage#bucket");
    json.addProperty("id", name);
    json.addProperty("name", name);
    json.addProperty("metageneration", "1");
    json.addProperty("location", "US");
    json.addProperty("storageClass", "STANDARD");
    json.addProperty("etag", "CAE=");
    json.addProperty("timeCreated", created.toString());
    json.addProperty("updated", created.toString());
    return json;
  }

  /** Makes {@code content} the live version of an object, if the preconditions hold. */
  synchronized StoredObject insert(
      String object, JsonObject settings, Content content, Preconditions preconditions) {
    var live = Optional.ofNullable(objects.get(object));
    preconditions.requireForChange(live);
    var now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    lastGeneration = Math.max(lastGeneration + 1, micros);
    var stored = new StoredObject(name, object, lastGeneration, 1, now, now, settings, content);
    objects.put(object, stored);
    live.ifPresent(old -> old.content().discard());
    return stored;
  }

  synchronized void requireForChange(String object, Preconditions preconditions) {
    preconditions.requireForChange(Optional.ofNullable(objects.get(object)));
  }

  synchronized StoredObject patch(String object, JsonObject patch, Preconditions preconditions) {
    var live = live(object);
    preconditions.requireForChange(Optional.of(live));
    var changed = live.withSettings(Settings.patched(live.settings(), patch));
    objects.put(object, changed);
    return changed;
  }

  synchronized void delete(String object, Call call) {
    var live = live(object);
    requireGeneration(live, call);
    Preconditions.of(call).requireForChange(Optional.of(live));
    objects.remove(object);
    live.content().discard();
  }

  synchronized StoredObject get(String object, Call call) {
    var live = live(object);
    requireGeneration(live, call);
    return live;
  }

  /** Opens the bytes of {@code version}, unless it has been replaced since. */
  synchronized Optional<FileChannel> open(StoredObject version) throws IOException {
    var live = objects.get(version.name());
    boolean isLive = live != null && live.generation() == version.generation();
    return isLive ? Optional.of(version.content().open()) : Optional.empty();
  }

  private StoredObject live(String object) {
    return Optional.ofNullable(objects.get(object))
        .orElseThrow(() -> Refusal.noObject(name, object));
  }

  private static void requireGeneration(StoredObject live, Call call) {
    var generation = call.number("generation");
    if (generation.isPresent() && generation.getAsLong() != live.generation()) {
      throw Refusal.noObject(live.bucket(), live.name() + "#" + generation.getAsLong());
    }
  }

  /** Returns a copy of the objects whose names are not before {@code first}. */
  synchronized NavigableMap<String, StoredObject> from(String first) {
    return new TreeMap<>(objects.tailMap(first, true));
  }

  static int compare(String a, String b) {
    return BY_BYTES.compare(a, b);
  }

  synchronized int count() {
    return objects.size();
  }
}
