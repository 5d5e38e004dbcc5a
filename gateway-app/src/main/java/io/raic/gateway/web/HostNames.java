package io.raic.gateway.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a request may call a gateway on loopback by: numbers, localhost, and those it was
 * given. A gateway that listens elsewhere is called what its network calls it.
 */
public final class HostNames {
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:.]*:[0-9a-f:.]*]?");

  private final boolean any;
  private final Set<String> names = new HashSet<>();

  /**
   * Allows names.
   *
   * @param address that the gateway listens on
   * @param more names that are allowed
   */
  public HostNames(String address, List<String> more) {
    this.any = more.isEmpty() && !isLoopback(address);
    names.add("localhost");
    names.add(address.toLowerCase(Locale.ROOT));
    more.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Says whether a gateway at {@code address} is reached from its own machine only. */
  public static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  /** Says whether a request may call the gateway {@code name}, a host without a port. */
  public boolean include(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return any || names.contains(lower) || NUMBERS.matcher(lower).matches();
  }
}
