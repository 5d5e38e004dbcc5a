package io.raic.cloud.gcs.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what: bearers that are known, and permissions that can be taken away. */
public final class Access {
  private final Tokens tokens;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private volatile boolean isAnonymousAllowed;

  Access(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Takes a permission away, such as {@code storage.objects.create}. */
  public void deny(String permission) {
    denied.add(permission);
  }

  /** Takes away every permission on a bucket. */
  public void forbid(String bucket) {
    forbidden.add(bucket);
  }

  /** Gives every permission back. */
  public void allowAll() {
    denied.clear();
    forbidden.clear();
  }

  /** Lets requests without credentials pass, as emulators do. */
  public void allowAnonymous() {
    isAnonymousAllowed = true;
  }

  void requireBearer(Call call) {
    String header = call.header("Authorization").orElse("");
    if (header.isEmpty() && isAnonymousAllowed) {
      return;
    }
    if (header.isEmpty()) {
      throw new Refusal(
              401,
              "required",
              "Anonymous caller does not have storage.objects.get access to the Google Cloud"
                  + " Storage object. Permission 'storage.objects.get' denied on resource (or it may"
                  + " not exist).")
          .with(Map.of("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\""));
    }
    if (!header.startsWith("Bearer ") || !tokens.isValid(header.substring("Bearer ".length()))) {
      throw new Refusal(401, "authError", "Invalid Credentials")
          .with(
              Map.of(
                  "WWW-Authenticate",
                  "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\""));
    }
  }

  void require(String permission, String bucket) {
    if (!isGranted(permission, bucket)) {
      throw new Refusal(
          403,
          "forbidden",
          ("%s does not have %s access to the Google Cloud Storage %s. Permission '%s' denied on"
                  + " resource (or it may not exist).")
              .formatted(
                  tokens.key().email(),
                  permission,
                  permission.startsWith("storage.objects") ? "object" : "bucket",
                  permission));
    }
  }

  private boolean isGranted(String permission, String bucket) {
    return !denied.contains(permission) && !forbidden.contains(bucket);
  }

  /** Says which of the permissions asked for there are. */
  JsonObject granted(List<String> asked, String bucket) {
    var permissions = new JsonArray();
    asked.stream().filter(p -> isGranted(p, bucket)).forEach(permissions::add);
    var json = new JsonObject();
    json.addProperty("kind", "storage#testIamPermissionsResponse");
    if (!permissions.isEmpty()) {
      json.add("permissions", permissions);
    }
    return json;
  }
}
