package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider of logins that insists on what the standards ask of a client: PKCE with S256, state,
 * nonce, a code used once, and the client's secret. Whoever comes is logged in at once.
 */
final class FakeIdentityProvider implements AutoCloseable {
  static final String CLIENT = "raic-gateway";
  static final String SECRET = "s3cret-of-the-client";

  private final HttpServer server;
  private final RSAKey key;
  private final Map<String, Map<String, String>> flows = new ConcurrentHashMap<>();

  /** The user who comes. */
  volatile Map<String, Object> claims = Map.of();

  /** Spoils what a token says. */
  volatile UnaryOperator<JWTClaimsSet.Builder> spoil = UnaryOperator.identity();

  /** Whether tokens are signed with a key that nobody knows. */
  volatile boolean forged;

  FakeIdentityProvider() throws IOException, JOSEException {
    key = newKey();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.createContext("/.well-known/openid-configuration", e -> json(e, 200, metadata()));
    server.createContext("/jwks", e -> json(e, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.start();
  }

  private static RSAKey newKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID("one").generate();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer", issuer(),
        "authorization_endpoint", issuer() + "/authorize",
        "token_endpoint", issuer() + "/token",
        "jwks_uri", issuer() + "/jwks",
        "response_types_supported", List.of("code"),
        "subject_types_supported", List.of("public"),
        "id_token_signing_alg_values_supported", List.of("RS256"),
        "token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    var query = form(exchange.getRequestURI().getRawQuery());
    boolean isRight =
        "code".equals(query.get("response_type"))
            && CLIENT.equals(query.get("client_id"))
            && query.getOrDefault("scope", "").contains("openid")
            && "S256".equals(query.get("code_challenge_method"))
            && query.containsKey("code_challenge")
            && query.containsKey("nonce")
            && query.containsKey("state");
    if (!isRight) {
      json(exchange, 400, Map.of("error", "invalid_request"));
      return;
    }
    String code = UUID.randomUUID().toString();
    flows.put(code, query);
    String back =
        "%s?code=%s&state=%s"
            .formatted(
                query.get("redirect_uri"),
                code,
                URLEncoder.encode(String.valueOf(query.get("state")), UTF_8));
    exchange.getResponseHeaders().add("Location", back);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private void token(HttpExchange exchange) throws IOException {
    var form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    var flow = flows.remove(form.getOrDefault("code", ""));
    String basic =
        "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(US_ASCII));
    if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      json(exchange, 401, Map.of("error", "invalid_client"));
    } else if (flow == null
        || !String.valueOf(flow.get("redirect_uri")).equals(form.get("redirect_uri"))
        || !s256(form.getOrDefault("code_verifier", "")).equals(flow.get("code_challenge"))) {
      json(exchange, 400, Map.of("error", "invalid_grant"));
    } else {
      json(
          exchange,
          200,
          Map.of(
              "access_token",
              "access-" + UUID.randomUUID(),
              "token_type",
              "Bearer",
              "expires_in",
              300,
              "id_token",
              idToken(String.valueOf(flow.get("nonce")))));
    }
  }

  private String idToken(String nonce) {
    long now = System.currentTimeMillis() / 1000;
    var token =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject("1234")
            .claim("iat", now)
            .claim("exp", now + 300)
            .claim("nonce", nonce);
    claims.forEach(token::claim);
    var signed =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
            spoil.apply(token).build());
    try {
      signed.sign(new RSASSASigner(forged ? newKey() : key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return signed.serialize();
  }

  private static String s256(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> form(String text) {
    var fields = new HashMap<String, String>();
    for (String field : text.split("&", -1)) {
      String[] pair = field.split("=", 2);
      fields.put(pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "");
    }
    return fields;
  }

  private static void json(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
