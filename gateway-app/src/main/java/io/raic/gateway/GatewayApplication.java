package io.raic.gateway;

import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** The gateway as a service. */
@SpringBootApplication
@EnableConfigurationProperties(GatewayProperties.class)
public class GatewayApplication {
  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  private static final int CARRIERS_PER_PROCESSOR = 8;
  private static final String XML = "javax.xml.stream.XMLInputFactory";
  private static final Pattern LOOKS_LIKE_A_SETTING = Pattern.compile("\\$\\{(?=.*})");

  GatewayApplication() {}

  /**
   * Starts the gateway; it runs until the process is told to stop.
   *
   * @param settings by name, such as {@code raic.port}; they win over files and the environment
   * @throws StartupException if it cannot start as it is configured
   */
  public static void run(Map<String, Object> settings) {
    shareProcessors();
    nameXmlReader();
    quietFailures();
    try {
      VariableNames.requireKnown(System.getenv().keySet());
      application().run(arguments(settings));
    } catch (RuntimeException e) {
      throw StartupException.of(e, settings);
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

  /**
   * Names the reader of XML that would be found anyway: the SDK of S3 has it looked for in all jars
   * for each thread anew, and with virtual threads that is for each listing.
   */
  private static void nameXmlReader() {
    if (System.getProperty(XML) == null) {
      System.setProperty(XML, XMLInputFactory.newDefaultFactory().getClass().getName());
    }
  }

  /** What ends the start before the log is configured would be logged as well, on the output. */
  private static void quietFailures() {
    LoggingSystem.get(GatewayApplication.class.getClassLoader())
        .setLogLevel(SpringApplication.class.getName(), LogLevel.OFF);
  }

  static String[] arguments(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .map(setting -> "--%s=%s".formatted(setting.getKey(), literal(setting.getValue())))
        .toArray(String[]::new);
  }

  /**
   * A name of a file may look like the name of another setting, which is not meant. Where nothing
   * closes the name, it does not, and would keep the mark that says so.
   */
  private static String literal(Object value) {
    return LOOKS_LIKE_A_SETTING.matcher(value.toString()).replaceAll("\\\\\\${");
  }

  private static SpringApplication application() {
    var application = new SpringApplication(GatewayApplication.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    return application;
  }
}
