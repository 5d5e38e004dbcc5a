package io.raic.gateway;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The gateway as a service. */
@SpringBootApplication
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayApplication {
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int CARRIERS_PER_PROCESSOR = 8;

  GatewayApplication() {}

  /**
   * Starts the gateway; it runs until the process is told to stop.
   *
   * @param settings by name, such as {@code raic.port}; they win over files and the environment
   * @throws StartupException if it cannot start as it is configured
   */
  public static void run(Map<String, Object> settings) {
    shareProcessors();
    try {
      application().run(arguments(settings));
    } catch (RuntimeException e) {
      throw StartupException.of(e);
    }
  }

  /**
   * Makes more carriers of virtual threads than there are processors: a virtual thread that hashes
   * keeps its carrier, but the system takes processors from carriers in turn. Otherwise a few large
   * transfers would keep all others waiting, and stores would seem not to answer.
   */
  private static void shareProcessors() {
    if (System.getProperty(CARRIERS) == null) {
      int carriers = CARRIERS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
      System.setProperty(CARRIERS, Integer.toString(carriers));
    }
  }

  private static String[] arguments(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .map(setting -> "--%s=%s".formatted(setting.getKey(), setting.getValue()))
        .toArray(String[]::new);
  }

  private static SpringApplication application() {
    var application = new SpringApplication(GatewayApplication.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    return application;
  }
}
