package io.raic.gateway;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** The gateway cannot start as it is configured; the message says in a line what to change. */
public final class StartupException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Its exceptions tell of beans; the first one below them tells what is wrong. */
  private static final String FRAMEWORK = "org.springframework.";

  private StartupException(String message, Throwable cause) {
    super(message, cause);
  }

  static StartupException of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PortInUseException inUse) {
        return new StartupException(
            "port %d is in use: stop what uses it, or choose another with --port"
                .formatted(inUse.getPort()),
            failure);
      }
      if (t instanceof BindException bind) {
        return new StartupException(
            "the setting %s: %s".formatted(bind.getName(), line(root(bind))), failure);
      }
      if (!t.getClass().getName().startsWith(FRAMEWORK)) {
        return new StartupException(line(t), failure);
      }
    }
    return new StartupException(line(root(failure)), failure);
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
