package io.raic.cloud.box;

import com.box.sdkgen.box.ccgauth.BoxCCGAuth;
import com.box.sdkgen.box.ccgauth.CCGConfig;
import com.box.sdkgen.box.jwtauth.BoxJWTAuth;
import com.box.sdkgen.box.jwtauth.JWTConfig;
import com.box.sdkgen.networking.network.NetworkSession;
import com.box.sdkgen.schemas.accesstoken.AccessToken;
import io.raic.cloud.BackendException;
import io.raic.cloud.Request;
import io.raic.cloud.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The ways to tokens that need no memory: the same credential gives one after the other. */
final class BoxGrants {
  /** How long a developer's token lives. */
  private static final Duration DEVELOPER_LIFE = Duration.ofMinutes(60);

  private BoxGrants() {}

  /** What is asked for on behalf of whom. */
  sealed interface Subject {
    /** The service account of an application in an enterprise. */
    record Enterprise(String id) implements Subject {}

    /** A user. */
    record User(String id) implements Subject {}
  }

  /** Returns a token of the SDK's as one of ours; one that Box does not describe is none. */
  static BoxTokens.Token token(AccessToken token) {
    var text = Optional.ofNullable(token.getAccessToken()).filter(BoxGrants::isToken);
    long seconds = Optional.ofNullable(token.getExpiresIn()).orElse(0L);
    return new BoxTokens.Token(
        Secret.of(text.orElseThrow()),
        Instant.now().plusSeconds(Math.clamp(seconds, 0, Duration.ofDays(1).toSeconds())));
  }

  /** Says whether this can stand in a header. */
  static boolean isToken(String text) {
    return text.matches("[\\x21-\\x7e]{1,4096}");
  }

  /** Reads a credential, whose file may be gone. */
  static String reveal(Secret secret, Request request) {
    try {
      return secret.reveal();
    } catch (IllegalStateException e) {
      throw new BackendException.AccessDenied(
          request, Optional.ofNullable(e.getMessage()).orElse("a credential cannot be read"));
    }
  }

  private interface Asking {
    BoxTokens.Token ask(BoxCall call);
  }

  private static BoxTokens.Grant lasting(Asking asking) {
    return new BoxTokens.Grant() {
      @Override
      public BoxTokens.Token grant(BoxCall call, Optional<BoxTokens.Token> refused) {
        return asking.ask(call);
      }

      @Override
      public Optional<Instant> end() {
        return Optional.empty();
      }
    };
  }

  /** Client credentials: id and secret of the application, and whom it acts for. */
  static BoxTokens.Grant clientCredentials(
      NetworkSession session, String clientId, Secret clientSecret, Subject subject) {
    return lasting(call -> {
      var config = new CCGConfig.Builder(clientId, reveal(clientSecret, call.request()));
      switch (subject) {
        case Subject.Enterprise(var id) -> config.enterpriseId(id);
        case Subject.User(var id) -> config.userId(id);
      }
      var auth = new BoxCCGAuth(config.build());
      return call.run(() -> token(auth.refreshToken(session)));
    });
  }

  /** A key: the file that the developer console gives, and whom the application acts for. */
  static BoxTokens.Grant jwt(NetworkSession session, Secret config, Optional<String> userId) {
    return lasting(call -> {
      String json = reveal(config, call.request());
      BoxJWTAuth auth;
      try {
        var whole = new BoxJWTAuth(JWTConfig.fromConfigJsonString(json));
        auth = userId.map(whole::withUserSubject).orElse(whole);
      } catch (RuntimeException e) {
        // Its message may hold what it could not read.
        throw new BackendException.AccessDenied(
            call.request(), "the JWT configuration cannot be read");
      }
      return call.run(() -> token(auth.refreshToken(session)));
    });
  }

  /** A token of the developer console, which nobody can renew. */
  static BoxTokens.Grant developerToken(Secret token) {
    var end = Instant.now().plus(DEVELOPER_LIFE);
    return new BoxTokens.Grant() {
      @Override
      public BoxTokens.Token grant(BoxCall call, Optional<BoxTokens.Token> refused) {
        String text = reveal(token, call.request());
        if (!isToken(text)) {
          throw new BackendException.AccessDenied(
              call.request(), "what is given as the developer token is none");
        }
        // Its file may hold another one by now.
        if (refused.isPresent() && refused.get().secret().reveal().equals(text)) {
          throw new BackendException.AccessDenied(
              call.request(), "the developer token is over: it lives for an hour");
        }
        return new BoxTokens.Token(Secret.of(text), Instant.MAX);
      }

      @Override
      public Optional<Instant> end() {
        return Optional.of(end);
      }
    };
  }
}
