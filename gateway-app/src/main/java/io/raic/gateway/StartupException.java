package io.raic.gateway;

import java.io.Serial;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** The gateway cannot start as it is configured; the message says in a line what to change. */
public final class StartupException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private StartupException(String message, Throwable cause) {
    super(message, cause);
  }

  static StartupException of(Throwable failure) {
    Throwable root = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof PortInUseException inUse) {
        return new StartupException(
            "port %d is in use: stop what uses it, or choose another with --port"
                .formatted(inUse.getPort()),
            failure);
      }
      if (t instanceof BindException bind) {
        return new StartupException(
            "the setting %s: %s".formatted(bind.getName(), rootMessage(bind)), failure);
      }
      root = t;
    }
    return new StartupException(rootMessage(root), failure);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = Objects.requireNonNull(root.getCause());
    }
    String message =
        Optional.ofNullable(root.getMessage()).orElseGet(root.getClass()::getSimpleName);
    return message.lines().findFirst().orElse("");
  }
}
