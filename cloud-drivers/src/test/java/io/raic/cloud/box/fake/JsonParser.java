package io.raic.cloud.box.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Reads JSON; what is none is an {@link IllegalArgumentException}. */
final class JsonParser {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  JsonParser(String text) {
    this.text = text;
  }

  Object whole() {
    var value = value(0);
    skip();
    require(at == text.length());
    return value;
  }

  private Object value(int depth) {
    require(depth < MAX_DEPTH);
    skip();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", Json.NULL);
      default -> number();
    };
  }

  private Object object(int depth) {
    var object = new LinkedHashMap<String, Object>();
    at++;
    while (!ends('}', object.isEmpty())) {
      skip();
      String name = string();
      skip();
      take(':');
      require(object.put(name, value(depth + 1)) == null);
    }
    return object;
  }

  private Object list(int depth) {
    var list = new ArrayList<Object>();
    at++;
    while (!ends(']', list.isEmpty())) {
      list.add(value(depth + 1));
    }
    return list;
  }

  /** Says whether {@code end} comes, and takes it, or else the comma between two. */
  private boolean ends(char end, boolean isFirst) {
    skip();
    if (peek() == end) {
      at++;
      return true;
    }
    if (!isFirst) {
      take(',');
    }
    return false;
  }

  private String string() {
    take('"');
    var out = new StringBuilder();
    while (peek() != '"') {
      char c = next();
      require(c >= ' ');
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        require(at + 4 <= text.length());
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> {
        require("\"\\/".indexOf(c) >= 0);
        yield c;
      }
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    if (number.matches("-?[0-9]{1,18}")) {
      return Long.valueOf(number);
    }
    return Double.valueOf(number);
  }

  private Object word(String word, Object value) {
    require(text.startsWith(word, at));
    at += word.length();
    return value;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void take(char c) {
    require(next() == c);
  }

  private void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("no JSON at " + at);
    }
  }
}
