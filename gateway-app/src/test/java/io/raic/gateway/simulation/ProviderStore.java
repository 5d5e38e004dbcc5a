package io.raic.gateway.simulation;

import io.raic.cloud.ByteRange;
import io.raic.cloud.Capacity;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.Deadline;
import io.raic.cloud.Download;
import io.raic.cloud.ObjectInfo;
import io.raic.cloud.ObjectKey;
import io.raic.cloud.Operation;
import io.raic.cloud.Page;
import io.raic.cloud.PartSizes;
import io.raic.cloud.Precondition;
import io.raic.cloud.Traits;
import io.raic.cloud.Upload;
import io.raic.cloud.VersionToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A provider as the driver of one gateway shows it. */
final class ProviderStore implements CloudBackend {
  private final Provider provider;
  private final RandomGenerator random;
  private final ProviderCall.Room room = new ProviderCall.Room();

  ProviderStore(Provider provider) {
    this.provider = provider;
    this.random = provider.world().simulation().random();
  }

  Simulation simulation() {
    return provider.world().simulation();
  }

  private ProviderCall call(Operation operation, Deadline deadline) {
    return new ProviderCall(provider, operation, deadline.step(), room);
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public String location() {
    return "simulation of " + provider.id();
  }

  @Override
  public Traits traits() {
    return new Traits(provider.createOnly(), false, 1 << 30, PartSizes.NONE);
  }

  @Override
  public Upload begin(ObjectKey key, long length, Precondition precondition, Deadline deadline) {
    var call = call(Operation.BEGIN, deadline);
    call.goes(0);
    call.returns();
    boolean absent = precondition instanceof Precondition.Absent;
    return new ProviderUpload(
        provider, room, key, Math.toIntExact(length), absent && provider.createOnly(), deadline);
  }

  @Override
  public Optional<Download> get(ObjectKey key, ByteRange range, Deadline deadline) {
    var call = call(Operation.GET, deadline);
    call.goes(0);
    var found = Optional.ofNullable(provider.objects().get(key.text()));
    if (call.is(Trouble.REPLAYS)) {
      found = provider.before(key.text()).or(() -> Optional.of(new byte[0]));
    } else if (call.is(Trouble.SWAPS)) {
      var all = new ArrayList<>(provider.objects().values());
      found = all.isEmpty() ? found : Optional.of(all.get(random.nextInt(all.size())));
    } else if (call.is(Trouble.GARBLES)) {
      found = found.map(bytes -> garbage(bytes.length));
    } else if (call.is(Trouble.FLIPS)) {
      found = found.map(this::flipped);
    }
    call.returns();
    boolean truncated = call.is(Trouble.TRUNCATES);
    return found.map(bytes ->
        new ProviderDownload(
            provider, room, info(key.text(), bytes), bytes, range, deadline, truncated));
  }

  byte[] garbage(int length) {
    byte[] garbage = new byte[length];
    random.nextBytes(garbage);
    return garbage;
  }

  byte[] flipped(byte[] bytes) {
    byte[] flipped = bytes.clone();
    for (int i = random.nextInt(1, 4); i > 0 && flipped.length > 0; i--) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private ObjectInfo info(String key, byte[] bytes) {
    return new ObjectInfo(
        ObjectKey.of(key), bytes.length, new VersionToken("v" + Arrays.hashCode(bytes)));
  }

  @Override
  public Optional<ObjectInfo> stat(ObjectKey key, Deadline deadline) {
    var call = call(Operation.STAT, deadline);
    call.goes(0);
    var found = Optional.ofNullable(provider.objects().get(key.text()));
    call.returns();
    return found.map(bytes -> info(key.text(), bytes));
  }

  @Override
  public Page list(String prefix, Optional<String> after, int limit, Deadline deadline) {
    var call = call(Operation.LIST, deadline);
    call.goes(0);
    Map<String, byte[]> there = provider.objects().subMap(prefix, prefix + "~");
    var seen = call.is(Trouble.LISTS_STALE) ? stale(prefix, there) : there;
    var page = new ArrayList<ObjectInfo>();
    Optional<String> next = Optional.empty();
    for (var object : seen.entrySet()) {
      if (after.isEmpty() || object.getKey().compareTo(after.get()) > 0) {
        if (page.size() == Math.min(limit, provider.pageLimit())) {
          next = Optional.of(page.getLast().key().text());
          break;
        }
        page.add(info(object.getKey(), object.getValue()));
      }
    }
    call.returns();
    return new Page(page, next);
  }

  private Map<String, byte[]> stale(String prefix, Map<String, byte[]> there) {
    var stale = new TreeMap<String, byte[]>();
    for (int share = 0; share < 16; share++) {
      String key = prefix + share;
      var bytes = there.get(key);
      if (bytes == null) {
        provider.before(key).ifPresent(old -> stale.put(key, old));
      } else if (random.nextBoolean()) {
        stale.put(key, bytes);
      } else {
        provider.ledger().lied(provider, key);
      }
    }
    return stale;
  }

  @Override
  public boolean delete(ObjectKey key, Deadline deadline) {
    var call = call(Operation.DELETE, deadline);
    call.goes(0);
    boolean there = provider.remove(key.text());
    call.returns();
    return there;
  }

  @Override
  public void probe(Deadline deadline) {
    var call = call(Operation.PROBE, deadline);
    call.goes(0);
    call.returns();
  }

  @Override
  public Optional<Capacity> capacity(Deadline deadline) {
    var call = call(Operation.CAPACITY, deadline);
    call.goes(0);
    call.returns();
    return Optional.empty();
  }

  @Override
  public void close() {
    room.close(provider.world().simulation());
  }
}
