package io.raic.gateway.access;

/** A token that was just made, with its secret: the only time that anybody can see it. */
public final class NewToken {
  private final Token token;
  private final String secret;

  NewToken(Token token, String secret) {
    this.token = token;
    this.secret = secret;
  }

  /** Returns what is known of it. */
  public Token token() {
    return token;
  }

  /** Returns the token itself, which lets in whoever has it. */
  public String reveal() {
    return secret;
  }

  @Override
  public String toString() {
    return "token " + token.name();
  }
}
