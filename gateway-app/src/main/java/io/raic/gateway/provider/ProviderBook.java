package io.raic.gateway.provider;

import io.raic.gateway.grid.Placement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The providers of a configuration, to be looked at and changed while no gateway, or one, runs.
 *
 * <p>Only those in the file that {@code raic provider} writes can be changed. A gateway reads them
 * when it starts.
 */
public final class ProviderBook {
  /**
   * What new files are made into.
   *
   * @param needed shares that rebuild a file
   * @param total shares made of a file
   * @param happy how many stores must have a share of their own
   */
  public record Shares(int needed, int total, int happy) {}

  private final List<GivenSettings> configured;
  private final Path data;
  private final Shares shares;
  private final Drivers drivers;

  /**
   * Prepares to look at a configuration; nothing is read yet.
   *
   * @param configured the entries of {@code raic.providers}
   * @param data the directory of what the gateway itself keeps, which need not be there
   */
  public ProviderBook(List<GivenSettings> configured, Path data, Shares shares, Drivers drivers) {
    this.configured = List.copyOf(configured);
    this.data = data.toAbsolutePath();
    this.shares = shares;
    this.drivers = drivers;
  }

  /**
   * Returns the providers as they are configured now, those for trying if there are no others.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  public Providers providers() {
    return Providers.of(configured, data, drivers);
  }

  /** Says whether files were stored in the stores for trying, which a named provider replaces. */
  public boolean hasTrialData() {
    return Files.isDirectory(data.resolve("store-1").resolve("shares"));
  }

  /** Returns the kinds of providers there are. */
  public Drivers drivers() {
    return drivers;
  }

  /** Returns the file in which {@link #add} keeps providers. */
  public Path file() {
    return Providers.file(data);
  }

  /**
   * Returns a provider that is not there yet, checked with all others.
   *
   * @param given its settings, credentials among them as they are
   * @throws IllegalArgumentException if it makes no sense, or has the id or the place of another
   */
  public ProviderSettings draft(GivenSettings given) {
    var draft = ProviderSettings.read(given, new Place.Given(), drivers);
    var all = new ArrayList<>(Providers.named(configured, data, drivers).all());
    all.add(draft);
    new Providers(all).open().close();
    return draft;
  }

  /**
   * Keeps a provider, its credentials in files of their own. It is there, durable, on return.
   *
   * @param given its settings, credentials among them as they are
   * @throws IllegalArgumentException if it makes no sense, or has the id or the place of another
   */
  public void add(GivenSettings given) throws IOException {
    Files.createDirectories(data);
    try (var _ = lock()) {
      var draft = draft(given);
      var file = new ProviderFile(file());
      var entries = new ArrayList<>(file.read());
      var secrets = new SecretFiles(data, drivers);
      // What a crash left of another one with this name.
      secrets.forget(draft.id());
      entries.add(secrets.keep(draft.id(), draft.driver(), given));
      file.write(entries);
    }
  }

  /** Says whether a provider is one of those that {@link #add} keeps. */
  public boolean isKept(ProviderSettings provider) {
    return provider.place() instanceof Place.InFile;
  }

  /**
   * Removes a provider that {@link #add} keeps, with its credentials.
   *
   * @return whether there was one, or anything left of one
   * @throws IllegalArgumentException if it is configured elsewhere
   */
  public boolean remove(String id) throws IOException {
    var provider = providers().find(id);
    var elsewhere = provider.filter(p -> !isKept(p));
    if (elsewhere.isPresent()) {
      throw new IllegalArgumentException(
          "%s is configured in %s: remove it there".formatted(id, elsewhere.get().place().words()));
    }
    if (!Files.isDirectory(data)) {
      return false;
    }
    try (var _ = lock()) {
      var file = new ProviderFile(file());
      var entries = new ArrayList<>(file.read());
      boolean wasThere =
          entries.removeIf(
              entry -> ProviderSettings.read(entry, new Place.Given(), drivers).id().equals(id));
      if (wasThere) {
        file.write(entries);
      }
      boolean hadSecrets = new SecretFiles(data, drivers).forget(id);
      return wasThere || hadSecrets;
    }
  }

  /**
   * Returns why a gateway would not start with the providers that are named, in words that say what
   * to change; empty if it would.
   */
  public Optional<String> lack() {
    return lackOf(Providers.named(configured, data, drivers));
  }

  /**
   * As {@link #lack}, once the provider {@code id} is removed; empty too if it is the last one: see
   * {@link #isLast}.
   */
  public Optional<String> lackWithout(String id) {
    var others =
        Providers.named(configured, data, drivers).all().stream()
            .filter(provider -> !provider.id().equals(id))
            .toList();
    return others.isEmpty() ? Optional.empty() : lackOf(new Providers(others));
  }

  /**
   * Says whether {@code id} is the only provider that is named. Without it a gateway would start,
   * and store in the directories for trying.
   */
  public boolean isLast(String id) {
    var all = Providers.named(configured, data, drivers).all();
    return all.size() == 1 && all.getFirst().id().equals(id);
  }

  private Optional<String> lackOf(Providers providers) {
    try {
      var _ =
          Placement.forNewFiles(
              shares.needed(), shares.total(), shares.happy(), providers.operators());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Commands that change the file at the same time would undo each other's change. */
  private FileChannel lock() throws IOException {
    var channel =
        FileChannel.open(
            data.resolve("providers.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // Another thread of this process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException("another raic provider changes " + file() + " just now: try again");
  }
}
