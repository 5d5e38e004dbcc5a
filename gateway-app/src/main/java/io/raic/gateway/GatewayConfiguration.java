package io.raic.gateway;

import io.raic.gateway.provider.Drivers;
import io.raic.gateway.provider.ProviderBook;
import io.raic.gateway.state.Database;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LoggingSystem;

/** What a gateway would be configured with if it were started here and now. */
@EnableConfigurationProperties(GatewayProperties.class)
public final class GatewayConfiguration {
  GatewayConfiguration() {}

  /**
   * Reads the configuration from where {@link GatewayApplication#run} does, without starting a
   * gateway, and without disturbing one that runs.
   *
   * @param settings by name; they win over files and the environment
   * @throws StartupException if a gateway could not start as it is configured
   */
  public static ProviderBook read(Map<String, Object> settings, Drivers drivers) {
    var properties = properties(settings);
    return new ProviderBook(
        properties.providers(), properties.data(), properties.shares(), drivers);
  }

  /**
   * Opens the database that a gateway with these settings uses, whether one runs or not.
   *
   * @param settings as for {@link #read}
   * @throws StartupException if a gateway could not open it
   */
  public static Database database(Map<String, Object> settings) {
    var properties = properties(settings);
    try {
      DataDirectory.make(properties.data());
      return Database.open(properties.database().in(properties.data()));
    } catch (RuntimeException e) {
      throw StartupException.of(e, settings);
    }
  }

  static GatewayProperties properties(Map<String, Object> settings) {
    try {
      VariableNames.requireKnown(System.getenv().keySet());
      try (var context = application().run(GatewayApplication.arguments(settings))) {
        return context.getBean(GatewayProperties.class);
      }
    } catch (RuntimeException e) {
      throw StartupException.of(e, settings);
    }
  }

  /**
   * Keeps this process from logging: standard output is for results. Until the log is configured it
   * would have everything on it.
   */
  public static void silenceLog() {
    LoggingSystem.get(GatewayConfiguration.class.getClassLoader()).beforeInitialize();
  }

  private static SpringApplication application() {
    var application = new SpringApplication(GatewayConfiguration.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    return application;
  }
}
