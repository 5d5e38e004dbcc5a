package io.raic.cloud.gcs;

import com.google.api.services.storage.model.StorageObject;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.VersionToken;
import java.net.URI;
import java.util.Optional;

/**
 * Where the objects of a store are.
 *
 * @param endpoint of the service
 * @param bucket that holds them
 * @param prefix of their names; empty, or with a slash at its end
 * @param project that pays for the requests, where the bucket wants one
 * @param storageClass of new objects; empty for the bucket's own
 */
record GcsPlace(
    URI endpoint,
    String bucket,
    String prefix,
    Optional<String> project,
    Optional<String> storageClass) {

  /** Returns the endpoint with a slash at its end. */
  String root() {
    String text = endpoint.toString();
    return text.endsWith("/") ? text : text + "/";
  }

  /** Returns what an object is called in the bucket. */
  String name(ObjectKey key) {
    return prefix + key.text();
  }

  /** Returns where this is, for people. */
  String location() {
    return root() + bucket + "/" + prefix;
  }

  /** Returns what the service knows of an object; empty if the name or a field is none of ours. */
  Optional<ObjectInfo> info(StorageObject object) {
    String name = object.getName();
    if (name == null
        || object.getSize() == null
        || object.getSize().signum() < 0
        || object.getSize().bitLength() > 62
        || object.getGeneration() == null
        || !name.startsWith(prefix)
        || !ObjectKey.isValid(name.substring(prefix.length()))) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectInfo(
            ObjectKey.of(name.substring(prefix.length())),
            object.getSize().longValue(),
            new VersionToken(Long.toString(object.getGeneration()))));
  }
}
