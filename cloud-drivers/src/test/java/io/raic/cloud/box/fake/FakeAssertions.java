package io.raic.cloud.box.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is wrong with a signed assertion. */
final class FakeAssertions {
  private static final String AUDIENCE = "https://api.box.com/oauth2/token";
  private static final Duration MAX_LIFE = Duration.ofSeconds(60);
  private static final Map<String, String> ALGORITHMS =
      Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

  private final FakeClock clock;
  private final FakeAccount account;
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  FakeAssertions(FakeClock clock, FakeAccount account) {
    this.clock = clock;
    this.account = account;
  }

  /** Returns what is wrong; "" if nothing is. */
  String fault(String assertion) {
    var parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      return "Please check the assertion";
    }
    try {
      var head = json(parts[0]);
      var claims = json(parts[1]);
      var algorithm = head.text("alg").map(ALGORITHMS::get);
      if (algorithm.isEmpty() || !head.text("kid").equals(Optional.of(FakeAccount.KEY_ID))) {
        return "OAuth public key could not be found";
      }
      var signature = Signature.getInstance(algorithm.get());
      signature.initVerify(account.keys().getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      boolean isSigned = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
      return isSigned ? fault(claims) : "OAuth JWT signature verification failed";
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return "Please check the assertion";
    }
  }

  private String fault(Json claims) {
    if (!claims.text("iss").equals(Optional.of(FakeAccount.CLIENT_ID))) {
      return "Please check the 'iss' claim.";
    }
    if (!claims.text("aud").equals(Optional.of(AUDIENCE))) {
      return "Please check the 'aud' claim.";
    }
    if (!FakeAccount.isSubject(claims.text("box_sub_type"), claims.text("sub"))) {
      return "Please check the 'sub' claim.";
    }
    var end = claims.number("exp").map(Instant::ofEpochSecond).orElse(Instant.MIN);
    if (!end.isAfter(clock.now()) || end.isAfter(clock.now().plus(MAX_LIFE))) {
      return "Please check the 'exp' claim.";
    }
    String jti = claims.text("jti").orElse("");
    if (jti.length() < 16 || !used.add(jti)) {
      return "Please check the 'jti' claim.";
    }
    return "";
  }

  private static Json json(String base64) {
    return Json.parse(new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8));
  }
}
