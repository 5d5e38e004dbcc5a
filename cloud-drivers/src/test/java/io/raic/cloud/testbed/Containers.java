package io.raic.cloud.testbed;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Servers in containers, where a container engine answers and {@code RAIC_TESTBED_CONTAINERS} is
 * not {@code no}. An engine that cannot get an image is as good as none.
 */
final class Containers {
  private Containers() {}

  /**
   * What is run.
   *
   * @param name of the image
   * @param port where it listens
   * @param settings for its environment
   * @param command to run, or none for the image's own
   * @param prepare a command run in the container once it answers, or none
   */
  record Image(
      String name,
      int port,
      Map<String, String> settings,
      List<String> command,
      List<String> prepare) {}

  /** Starts a container; empty where that cannot be done here. */
  static Optional<Server> start(Image image) {
    if (!isThereAnEngine()) {
      return Optional.empty();
    }
    var container = container(image);
    try {
      container.start();
      prepare(container, image);
      return Optional.of(new Running(container, image.port()));
    } catch (RuntimeException e) {
      container.stop();
      if (isWithoutImage(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isThereAnEngine() {
    return !"no".equals(System.getenv("RAIC_TESTBED_CONTAINERS"))
        && DockerClientFactory.instance().isDockerAvailable();
  }

  @SuppressWarnings("resource") // It is its own, returned by each call.
  private static GenericContainer<?> container(Image image) {
    var loopback =
        new PortBinding(Ports.Binding.bindIp("127.0.0.1"), new ExposedPort(image.port()));
    var container =
        new GenericContainer<>(DockerImageName.parse(image.name()))
            .withExposedPorts(image.port())
            .withEnv(image.settings())
            .withCreateContainerCmdModifier(create ->
                Optional.ofNullable(create.getHostConfig())
                    .orElseGet(HostConfig::newHostConfig)
                    .withPortBindings(loopback))
            // Who does not say who he is is refused, which is an answer.
            .waitingFor(Wait.forHttp("/").forStatusCodeMatching(status -> status > 0));
    if (!image.command().isEmpty()) {
      container.withCommand(image.command().toArray(String[]::new));
    }
    return container;
  }

  private static void prepare(GenericContainer<?> container, Image image) {
    if (image.prepare().isEmpty()) {
      return;
    }
    try {
      var result = container.execInContainer(image.prepare().toArray(String[]::new));
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(
            "%s: %s".formatted(String.join(" ", image.prepare()), result.getStderr()));
      }
    } catch (IOException e) {
      throw new IllegalStateException("%s: cannot be prepared".formatted(image.name()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isWithoutImage(Throwable failure) {
    return Stream.<Throwable>iterate(failure, e -> e != null, Throwable::getCause)
        .anyMatch(ContainerFetchException.class::isInstance);
  }

  private record Running(GenericContainer<?> container, int inside) implements Server {
    @Override
    public int port() {
      return container.getMappedPort(inside);
    }

    @Override
    public void close() {
      container.stop();
    }
  }
}
