package io.raic.cloud.gcs.fake;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** Which request goes where. */
final class Router {
  private final Map<String, Bucket> buckets = new ConcurrentSkipListMap<>();
  private final Access access;
  private final TokenServer tokenServer;
  private final Inserts inserts;
  private final Sessions sessions;

  Router(Access access, Tokens tokens, Supplier<Path> files) {
    this.access = access;
    this.tokenServer = new TokenServer(tokens);
    this.inserts = new Inserts(files);
    this.sessions = new Sessions(files);
  }

  Sessions sessions() {
    return sessions;
  }

  Bucket bucket(String name) {
    return Optional.ofNullable(buckets.get(name)).orElseThrow(Refusal::noBucket);
  }

  void create(String name) {
    if (buckets.putIfAbsent(name, new Bucket(name)) != null) {
      throw new Refusal(
          409,
          "conflict",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
  }

  Answer route(Call call) throws IOException {
    var path = call.path();
    return switch (path.getFirst()) {
      case "token" -> tokenServer.forClaim(call);
      case "", "computeMetadata" -> tokenServer.forMachine(call);
      case "v1" -> {
        if (path.equals(List.of("v1", "token"))) {
          yield tokenServer.forForeignToken(call);
        }
        access.requireBearer(call);
        yield tokenServer.forImpersonation(call);
      }
      case "storage" -> storage(call, below(path, "v1", "b"));
      case "download" -> download(call, below(path, "storage", "v1", "b"));
      case "upload" -> upload(call, below(path, "storage", "v1", "b"));
      default -> throw unknown();
    };
  }

  /** Returns the parts of a path after those that must be there. */
  private static List<String> below(List<String> path, String... parts) {
    if (path.size() <= parts.length || !path.subList(1, 1 + parts.length).equals(List.of(parts))) {
      throw unknown();
    }
    return path.subList(1 + parts.length, path.size());
  }

  private static Refusal unknown() {
    return new Refusal(404, "notFound", "Not Found");
  }

  private Answer storage(Call call, List<String> rest) throws IOException {
    access.requireBearer(call);
    if (rest.isEmpty()) {
      return buckets(call);
    }
    String bucket = rest.getFirst();
    if (rest.size() == 1) {
      return bucket(call, bucket);
    }
    if (rest.equals(List.of(bucket, "iam", "testPermissions"))) {
      bucket(bucket);
      var asked = call.queries("permissions");
      return Answer.json(200, access.granted(asked, bucket));
    }
    if (!rest.get(1).equals("o") || rest.size() > 3) {
      throw unknown();
    }
    return rest.size() == 2 ? list(call, bucket) : object(call, bucket, rest.get(2));
  }

  private Answer buckets(Call call) throws IOException {
    String project = call.requiredQuery("project");
    return switch (call.method()) {
      case "POST" -> {
        access.require("storage.buckets.create", project);
        var said = call.json();
        if (!said.has("name")) {
          throw Refusal.required("name");
        }
        String name = said.get("name").getAsString();
        create(name);
        yield Answer.json(200, bucket(name).json());
      }
      case "GET" -> {
        access.require("storage.buckets.list", project);
        var items = new JsonArray();
        buckets.values().forEach(bucket -> items.add(bucket.json()));
        var json = new JsonObject();
        json.addProperty("kind", "storage#buckets");
        json.add("items", items);
        yield Answer.json(200, json);
      }
      default -> throw wrongMethod();
    };
  }

  private Answer bucket(Call call, String name) {
    return switch (call.method()) {
      case "GET" -> {
        access.require("storage.buckets.get", name);
        yield Answer.json(200, Fields.of(call, bucket(name).json()));
      }
      case "DELETE" -> {
        access.require("storage.buckets.delete", name);
        if (bucket(name).count() > 0) {
          throw new Refusal(409, "conflict", "The bucket you tried to delete is not empty.");
        }
        buckets.remove(name);
        yield Answer.empty(204);
      }
      default -> throw wrongMethod();
    };
  }

  private Answer list(Call call, String bucket) {
    if (!call.method().equals("GET")) {
      throw wrongMethod();
    }
    access.require("storage.objects.list", bucket);
    return Listing.page(bucket(bucket), call);
  }

  private Answer object(Call call, String bucketName, String object) throws IOException {
    String name = Settings.objectName(object);
    return switch (call.method()) {
      case "GET" -> {
        if (call.query("alt").orElse("json").equals("media")) {
          yield media(call, bucketName, name);
        }
        access.require("storage.objects.get", bucketName);
        yield Reading.describe(bucket(bucketName), name, call);
      }
      case "PATCH" -> {
        access.require("storage.objects.update", bucketName);
        var changed = bucket(bucketName).patch(name, call.json(), Preconditions.of(call));
        yield Answer.json(200, Fields.of(call, changed.json()));
      }
      case "DELETE" -> {
        access.require("storage.objects.delete", bucketName);
        bucket(bucketName).delete(name, call);
        yield Answer.empty(204);
      }
      default -> throw wrongMethod();
    };
  }

  private Answer download(Call call, List<String> rest) throws IOException {
    access.requireBearer(call);
    if (rest.size() != 3 || !rest.get(1).equals("o") || !call.method().equals("GET")) {
      throw unknown();
    }
    return media(call, rest.getFirst(), rest.get(2));
  }

  /** Sends bytes; what is refused is refused in words. */
  private Answer media(Call call, String bucket, String name) throws IOException {
    try {
      access.require("storage.objects.get", bucket);
      return Reading.bytes(bucket(bucket), name, call);
    } catch (Refusal e) {
      throw e.asPlain();
    }
  }

  private Answer upload(Call call, List<String> rest) throws IOException {
    if (rest.size() != 2 || !rest.get(1).equals("o")) {
      throw unknown();
    }
    String type = call.requiredQuery("uploadType");
    boolean isGoingOn = call.query("upload_id").isPresent();
    if (type.equals("resumable") && isGoingOn) {
      // The address of the session is the credential.
      return switch (call.method()) {
        case "PUT" -> sessions.find(call).put(call);
        case "DELETE" -> sessions.find(call).cancel();
        default -> throw wrongMethod();
      };
    }
    access.requireBearer(call);
    if (!call.method().equals("POST")) {
      throw wrongMethod();
    }
    access.require("storage.objects.create", rest.getFirst());
    var bucket = bucket(rest.getFirst());
    return switch (type) {
      case "media" -> inserts.media(bucket, call);
      case "multipart" -> inserts.multipart(bucket, call);
      case "resumable" -> sessions.begin(bucket, call);
      default -> throw Refusal.invalid("Invalid value for uploadType");
    };
  }

  private static Refusal wrongMethod() {
    return new Refusal(405, "methodNotAllowed", "The specified method is not allowed.");
  }
}
