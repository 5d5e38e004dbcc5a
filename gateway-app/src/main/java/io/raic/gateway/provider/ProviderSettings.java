package io.raic.gateway.provider;

import io.raic.cloud.BackendId;
import io.raic.cloud.CloudBackend;
import io.raic.cloud.settings.SettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A provider as it is configured; nothing of it has been asked for anything yet.
 *
 * @param id its name, for messages and share maps
 * @param driver its kind
 * @param operator who runs it
 * @param jurisdiction whose law it is under, if that is said
 * @param prices what it charges, as far as that is said
 * @param limits what may be asked of it
 * @param settings what its driver is told
 * @param place where all that stands
 */
public record ProviderSettings(
    String id,
    DriverKind driver,
    String operator,
    Optional<String> jurisdiction,
    Prices prices,
    Limits limits,
    GivenSettings settings,
    Place place) {
  private static final List<String> OWN = List.of("id", "type", "operator", "jurisdiction");
  private static final String PRICES = "prices";
  private static final String LIMITS = "limits";

  /** Words for people that may stand in a line of a log. */
  private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,&'_-]{0,63}");

  /** A credential may have several lines; what YAML takes for other ends of lines is no part. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029&&[^\n\r\t]]");

  private static final String WORDS_WANTED = "1 to 64 letters, digits and blanks";

  /** Copies the settings. */
  public ProviderSettings {
    settings = new GivenSettings(settings);
  }

  /**
   * Reads what is given of a provider.
   *
   * @throws IllegalArgumentException if it is incomplete, or a name is unknown; the message names
   *     the setting as it is written, and shows no value
   */
  public static ProviderSettings read(GivenSettings given, Place place, Drivers drivers) {
    var own = new Group(place, OWN);
    var prices = new Group(place, Prices.NAMES);
    var limits = new Group(place, Limits.NAMES);
    var rest = new GivenSettings();
    given.forEach((name, value) -> {
      if (UNPRINTABLE.matcher(value).find()) {
        throw place.wrong(name, " has a character that nobody can print");
      }
      int dot = name.indexOf('.');
      String head = Spelling.plain(dot < 0 ? name : name.substring(0, dot));
      String tail = name.substring(dot + 1);
      if (dot > 0 && head.equals(PRICES)) {
        prices.put(name, tail, value);
      } else if (dot > 0 && head.equals(LIMITS)) {
        limits.put(name, tail, value);
      } else if (own.knows(name)) {
        own.put(name, name, value);
      } else {
        rest.put(name, value);
      }
    });
    String id = own.find("id").orElseThrow(() -> place.wrong("id", " is missing" + hint(place)));
    var driver = driver(own, place, drivers);
    rest.keySet().forEach(name -> requireKnown(name, driver, place, own.has("type")));
    return new ProviderSettings(
        requireId(id, place),
        driver,
        own.find("operator", WORDS_WANTED, ProviderSettings::words).orElse(id),
        own.find("jurisdiction", WORDS_WANTED, ProviderSettings::jurisdiction),
        Prices.read(prices),
        Limits.read(limits),
        rest,
        place);
  }

  /** Variables of the environment that add to a list in a file replace it instead. */
  private static String hint(Place place) {
    return place instanceof Place.Configured
        ? "; all of raic.providers has to be in one place: a file, or the environment"
        : "";
  }

  private static DriverKind driver(Group own, Place place, Drivers drivers) {
    String type = own.find("type").orElse(Drivers.DEFAULT);
    return drivers.find(type).orElseThrow(() -> place.wrong("type", drivers.unknown(type)));
  }

  private static void requireKnown(
      String name, DriverKind driver, Place place, boolean isTypeGiven) {
    if (!driver.knows(name)) {
      String type = isTypeGiven ? "" : "; type is not given, so it is " + driver.type();
      throw new IllegalArgumentException(place.setting(driver.unknown(name, OWN)) + type);
    }
  }

  private static String requireId(String id, Place place) {
    try {
      BackendId.require(id);
      return id;
    } catch (IllegalArgumentException e) {
      throw place.wrong("id", ": " + e.getMessage());
    }
  }

  private static String words(String text) {
    if (!WORDS.matcher(text).matches()) {
      throw new IllegalArgumentException("not printable");
    }
    return text;
  }

  private static String jurisdiction(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    boolean isCountry = Arrays.asList(Locale.getISOCountries()).contains(upper);
    return isCountry ? upper : words(text);
  }

  /**
   * Opens the store, without asking it for anything.
   *
   * @throws IllegalArgumentException if a setting is missing or makes no sense; the message names
   *     it as it is written
   */
  CloudBackend open() {
    try {
      return driver.opener().open(id, settings);
    } catch (SettingException e) {
      throw new IllegalArgumentException(place.setting(String.valueOf(e.getMessage())));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "%s (%s): %s".formatted(place.words(), id, e.getMessage()));
    }
  }

  /** Returns it with the names of files that are relative made to begin at {@code directory}. */
  ProviderSettings below(Path directory) {
    var absolute = new GivenSettings();
    settings.forEach((name, value) ->
        absolute.put(
            name,
            driver.isPath(name) && !value.isBlank() ? absolute(directory, name, value) : value));
    return new ProviderSettings(
        id, driver, operator, jurisdiction, prices, limits, absolute, place);
  }

  private String absolute(Path directory, String name, String value) {
    try {
      return directory.resolve(value.strip()).toString();
    } catch (InvalidPathException _) {
      throw place.wrong(name, " is not a path");
    }
  }

  /** Returns what stores of one operator have in common, however the operator is written. */
  String operatorKey() {
    return operator.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "%s (%s, %s)".formatted(id, driver.type(), place.words());
  }
}
