package io.raic.gateway;

import io.raic.gateway.schedule.Scheduler;
import io.raic.gateway.schedule.Strand;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Makes the server speak TLS, if there are files for it, and gives new connections the certificate
 * that stands in the files: they are looked at every few seconds. What cannot be used there is
 * warned of, once, and what was there before goes on.
 *
 * <p>Spring's own watcher of such files ends at the first that it cannot read, and Jetty does not
 * hear of it.
 */
final class TlsServer
    implements WebServerFactoryCustomizer<JettyServletWebServerFactory>,
        JettyServerCustomizer,
        AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String BUNDLE = "raic";

  private final Optional<TlsFiles> files;
  private final Scheduler scheduler;
  private final List<SslContextFactory.Server> contexts = new CopyOnWriteArrayList<>();
  private Optional<TlsFiles.Content> seen = Optional.empty();
  private String warned = "";
  private Optional<Strand> watch = Optional.empty();

  /** Speaks TLS with {@code files}; nothing else than HTTP without them. */
  TlsServer(Optional<TlsFiles> files, Scheduler scheduler) {
    this.files = files;
    this.scheduler = scheduler;
  }

  @Override
  public void customize(JettyServletWebServerFactory factory) {
    if (files.isPresent()) {
      var content = files.get().read();
      factory.setSsl(Ssl.forBundle(BUNDLE));
      factory.setSslBundles(new DefaultSslBundleRegistry(BUNDLE, files.get().bundle(content)));
      seen = Optional.of(content);
      watch = Optional.of(scheduler.start("tls", () -> watch(files.get())));
    }
  }

  /** Spring calls this for each server, as it is a bean. */
  @Override
  public void customize(Server server) {
    for (var connector : server.getConnectors()) {
      var tls = connector.getConnectionFactory(SslConnectionFactory.class);
      if (tls != null) {
        contexts.add(tls.getSslContextFactory());
      }
      var http = connector.getConnectionFactory(HttpConnectionFactory.class);
      if (http != null) {
        allowAnyName(http);
      }
    }
  }

  /** By which names it may be called is said elsewhere; clients check the certificate. */
  private static void allowAnyName(HttpConnectionFactory http) {
    var customizer = http.getHttpConfiguration().getCustomizer(SecureRequestCustomizer.class);
    if (customizer != null) {
      customizer.setSniHostCheck(false);
    }
  }

  private void watch(TlsFiles from) {
    try {
      while (true) {
        scheduler.sleep(PAUSE);
        look(from);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /** Looks at the files once. */
  synchronized void look(TlsFiles from) {
    try {
      var content = from.read();
      if (!seen.equals(Optional.of(content))) {
        take(from, content);
        seen = Optional.of(content);
        LOG.info("the certificate in {} is used from now on", from.certificate());
      }
      warned = "";
    } catch (IllegalArgumentException e) {
      warn(String.valueOf(e.getMessage()));
    } catch (RuntimeException _) {
      // Nothing that stands in a file ends the watch; such words may be the file's.
      warn(from.certificate() + " cannot be used");
    }
  }

  private void warn(String reason) {
    if (!warned.equals(reason)) {
      LOG.warn("the certificate stays as it was: {}", reason);
      warned = reason;
    }
  }

  private void take(TlsFiles from, TlsFiles.Content content) {
    // Outside of the server first: one that fails in it would leave it without any.
    var bundle = from.bundle(content);
    var _ = bundle.createSslContext();
    var store = Objects.requireNonNull(bundle.getStores().getKeyStore());
    for (var context : contexts) {
      try {
        context.reload(factory -> factory.setKeyStore(store));
      } catch (Exception e) {
        throw new IllegalArgumentException("the server cannot use it: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    watch.ifPresent(Strand::interrupt);
  }
}
