package io.raic.gateway;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.io.Resource;
import org.springframework.util.PlaceholderResolutionException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The gateway cannot start as it is configured; the message says in a line what to change. */
public final class StartupException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Its exceptions tell of beans; the first one below them tells what is wrong. */
  private static final String FRAMEWORK = "org.springframework.";

  /** The configuration that was asked for, if one was. */
  private static final String ADDITIONAL = "spring.config.additional-location";

  private StartupException(String message) {
    super(message);
  }

  private StartupException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Says why a start with {@code settings} failed. */
  static StartupException of(Throwable failure, Map<String, Object> settings) {
    if (first(PlaceholderResolutionException.class, failure).isPresent()) {
      // Its words are those of the value, which may be a credential: neither they nor it go on.
      String setting =
          first(BindException.class, failure)
              .map(b -> "the setting " + name(b))
              .orElse("a setting");
      return new StartupException(
          "%s has a ${…} in its value that cannot be resolved; write \\${ for the characters"
              .formatted(setting));
    }
    var unknown =
        first(UnboundConfigurationPropertiesException.class, failure)
            .flatMap(found -> found.getUnboundProperties().stream().findFirst());
    if (unknown.isPresent()) {
      return new StartupException(unknown(unknown.get()));
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PortInUseException inUse) {
        return new StartupException(
            "port %d is in use: stop what uses it, or choose another with --port"
                .formatted(inUse.getPort()),
            failure);
      }
      if (t instanceof BindException bind && isProvider(bind)) {
        return new StartupException(
            "the setting %s is not what it has to be: a list of providers, each with an id"
                .formatted(name(bind)));
      }
      if (t instanceof BindException bind) {
        return new StartupException(
            "the setting %s: %s".formatted(name(bind), reason(root(bind))), failure);
      }
      if (t instanceof MarkedYAMLException yaml) {
        // As a cause it would show the line that is wrong, which may hold a credential.
        return new StartupException(broken(yaml, settings));
      }
      if (!t.getClass().getName().startsWith(FRAMEWORK)) {
        return new StartupException(line(t), failure);
      }
    }
    return new StartupException(line(root(failure)), failure);
  }

  private static <T extends Throwable> Optional<T> first(Class<T> kind, Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return Optional.of(kind.cast(t));
      }
    }
    return Optional.empty();
  }

  /** Says where the setting stands, which nobody knows, and not what it is set to. */
  private static String unknown(ConfigurationProperty property) {
    String place = "";
    Origin at = property.getOrigin();
    while (at != null && place.isEmpty()) {
      place = at instanceof TextResourceOrigin text ? place(text) : "";
      at = at instanceof OriginProvider outer ? outer.getOrigin() : at.getParent();
    }
    return "%sthere is no setting %s".formatted(place, property.getName());
  }

  private static String place(TextResourceOrigin origin) {
    var resource = origin.getResource();
    var location = origin.getLocation();
    if (resource == null || location == null) {
      return "";
    }
    String file = resource.isFile() ? file(resource) : resource.getDescription();
    return "%s, line %d: ".formatted(file, location.getLine() + 1);
  }

  private static String file(Resource resource) {
    try {
      return resource.getFile().toString();
    } catch (IOException _) {
      return resource.getDescription();
    }
  }

  private static boolean isProvider(BindException bind) {
    return bind.getName().toString().startsWith("raic.providers");
  }

  /** Returns the name by which users know the setting: the server's are filled from theirs. */
  private static String name(BindException bind) {
    return bind.getName().toString().replaceFirst("^server\\.(?=(port|address)$)", "raic.");
  }

  private static String reason(Throwable root) {
    return root instanceof NumberFormatException
        ? line(root).replaceFirst("^For input string: (.*)$", "$1 is no number")
        : line(root);
  }

  private static String broken(MarkedYAMLException yaml, Map<String, Object> settings) {
    String file =
        Optional.ofNullable(settings.get(ADDITIONAL))
            .map(location -> " " + Path.of(URI.create(location.toString())))
            .orElse("");
    var mark =
        Optional.ofNullable(yaml.getProblemMark())
            .or(() -> Optional.ofNullable(yaml.getContextMark()));
    return "the configuration%s is no YAML%s: %s"
        .formatted(
            file,
            mark.map(at -> " at line %d, column %d".formatted(at.getLine() + 1, at.getColumn() + 1))
                .orElse(""),
            Optional.ofNullable(yaml.getProblem()).orElseGet(() -> line(yaml)));
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = Objects.requireNonNull(root.getCause());
    }
    return root;
  }

  private static String line(Throwable failure) {
    String message =
        Optional.ofNullable(failure.getMessage()).orElseGet(failure.getClass()::getSimpleName);
    return message.lines().findFirst().orElse("");
  }
}
