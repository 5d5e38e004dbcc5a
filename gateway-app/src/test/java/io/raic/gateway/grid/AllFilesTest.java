package io.raic.gateway.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.CloudBackend;
import io.raic.cloud.memory.MemoryBackend;
import io.raic.gateway.schedule.VirtualThreads;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AllFilesTest {
  /** A store whose driver breaks while it lists. */
  private static CloudBackend broken(CloudBackend store) {
    return (CloudBackend)
        Proxy.newProxyInstance(
            AllFilesTest.class.getClassLoader(),
            new Class<?>[] {CloudBackend.class},
            (_, method, arguments) -> {
              if (method.getName().equals("list")) {
                throw new StackOverflowError();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** The limit is only there so that a wait without end fails. */
  @Test
  @Timeout(60)
  void aDriverThatBreaksIsAStoreThatDidNotListEverything() throws InterruptedException {
    var stores =
        List.of(
            new Store("good", new MemoryBackend("good")),
            new Store("broken", broken(new MemoryBackend("broken"))));
    try (var files = AllFiles.open(stores, Duration.ofSeconds(10), new VirtualThreads())) {
      assertThat(files.next()).isEmpty();
      assertThat(files.failures())
          .containsOnlyKeys("broken")
          .containsValue("broken: java.lang.StackOverflowError");
    }
  }
}
