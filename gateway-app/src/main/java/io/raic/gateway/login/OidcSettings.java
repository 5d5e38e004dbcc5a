package io.raic.gateway.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider of logins that speaks OpenID Connect.
 *
 * @param issuer its address, as its tokens name it
 * @param clientId what it calls this gateway
 * @param clientSecret what it knows this gateway by; none for a public client
 * @param redirectUri where it leads back to; found out by the request if not given
 * @param scopes that are asked for, besides {@code openid}
 * @param roleClaim the claim that says what a user belongs to; a text or a list
 * @param roles which values of it give which role
 */
public record OidcSettings(
    String issuer,
    String clientId,
    Optional<String> clientSecret,
    Optional<String> redirectUri,
    List<String> scopes,
    String roleClaim,
    Map<Role, List<String>> roles) {
  /** Checks that tokens do not cross a network in the clear. */
  public OidcSettings {
    scopes = List.copyOf(scopes);
    roles = Map.copyOf(roles);
    if (clientId.isBlank() || roles.values().stream().allMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "raic.admin.oidc: want an issuer, a client-id, and roles of at least one group");
    }
    if (!isSafe(issuer)) {
      throw new IllegalArgumentException(
          "raic.admin.oidc.issuer: want https://HOST, or http on this machine");
    }
  }

  private static boolean isSafe(String issuer) {
    try {
      var uri = URI.create(issuer);
      String host = Optional.ofNullable(uri.getHost()).orElse("");
      return !host.isEmpty()
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme())
                  && List.of("localhost", "127.0.0.1").contains(host)));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** Returns the highest role that these claims give. */
  Optional<Role> role(Map<String, Object> claims) {
    var groups =
        switch (claims.get(roleClaim)) {
          case String one -> List.of(one);
          case Collection<?> many -> List.copyOf(many);
          case null, default -> List.of();
        };
    return Arrays.stream(Role.values())
        .filter(role -> roles.getOrDefault(role, List.of()).stream().anyMatch(groups::contains))
        .max(Comparator.naturalOrder());
  }

  /** Returns what sessions are of: the provider and its rules for roles. No part is secret. */
  String origin() {
    var rules = new StringBuilder();
    for (var role : Role.values()) {
      add(rules, role.word());
      roles.getOrDefault(role, List.of()).stream().sorted().forEach(group -> add(rules, group));
    }
    for (String part : List.of(issuer, clientId, roleClaim)) {
      add(rules, part);
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(rules.toString().getBytes(UTF_8));
      return "oidc:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With its length, as where one ends must not move into the next. */
  private static void add(StringBuilder rules, String part) {
    rules.append(part.length()).append(':').append(part).append(',');
  }

  @Override
  public String toString() {
    return "OidcSettings[issuer=%s]".formatted(issuer);
  }
}
