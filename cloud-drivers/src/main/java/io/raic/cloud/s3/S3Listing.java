package io.raic.cloud.s3;

import io.raic.cloud.BackendException;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Page;
import io.raic.cloud.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A page of a listing. It goes on after the last name of the page before, which needs no token of
 * the server's to be kept, and is checked: a listing that is out of order has gaps that nobody
 * sees. That holds for names that are keys: others, such as those that show a folder, are not ours
 * and are sorted in their own way, and a page only goes on after them.
 */
record S3Listing(S3Place place, String prefix, Optional<String> after, int limit) {
  Page page(S3Client s3, Request request) {
    if (!canBegin(prefix)) {
      return new Page(List.of(), Optional.empty());
    }
    var answer =
        s3.listObjectsV2(b -> {
          b.bucket(place.bucket()).prefix(place.prefix() + prefix).maxKeys(limit);
          after.ifPresent(last -> b.startAfter(place.prefix() + last));
        });
    var objects = new ArrayList<ObjectInfo>();
    String first = place.prefix() + after.orElse("");
    String last = first;
    String lastKey = first;
    for (var object : answer.contents()) {
      String name = Objects.requireNonNullElse(object.key(), "");
      if (!name.startsWith(place.prefix())) {
        throw new BackendException.Corrupt(request, "the listing has a name of somewhere else");
      }
      last = name;
      var key = place.key(name);
      if (key.isPresent()) {
        if (name.compareTo(lastKey) <= 0) {
          throw new BackendException.Corrupt(request, "the listing is out of order");
        }
        lastKey = name;
        objects.add(info(request, key.get(), object));
      }
    }
    boolean goesOn = Boolean.TRUE.equals(answer.isTruncated());
    if (goesOn && (answer.contents().isEmpty() || (after.isPresent() && last.equals(first)))) {
      throw new BackendException.Corrupt(request, "the listing does not go on");
    }
    return new Page(
        objects, goesOn ? Optional.of(last.substring(place.prefix().length())) : Optional.empty());
  }

  /** Says whether a key can begin so; a server may refuse what no key has. */
  private static boolean canBegin(String prefix) {
    return prefix.isEmpty() || ObjectKey.isValid(prefix) || ObjectKey.isValid(prefix + "x");
  }

  private static ObjectInfo info(Request request, ObjectKey key, S3Object object) {
    long size = Objects.requireNonNullElse(object.size(), -1L);
    if (size < 0) {
      throw new BackendException.Corrupt(request, "the listing has an object without a length");
    }
    return new ObjectInfo(key, size, S3Tag.of(request, object.eTag()));
  }
}
