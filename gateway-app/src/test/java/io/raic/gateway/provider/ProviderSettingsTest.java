package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {
  private static final String SECRET = "hunter2hunter2";
  private static final Place PLACE = new Place.Configured(2);

  private static GivenSettings given(String... pairs) {
    var given = new GivenSettings();
    given.put("id", "north");
    given.put("type", "vault");
    given.put("bucket", "b");
    given.put("secret-access-key", SECRET);
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return given;
  }

  private static ProviderSettings read(GivenSettings given) {
    return ProviderSettings.read(given, PLACE, TestDrivers.withVault());
  }

  private static void assertRefused(GivenSettings given, String message) {
    assertThatThrownBy(() -> read(given).open().close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageContaining(message)
        .message()
        .doesNotContain(SECRET);
  }

  @Test
  void whatIsNotSaidIsAssumed() {
    var provider = read(new GivenSettings(Map.of("id", "north", "path", "/x")));
    assertThat(provider.driver().type()).isEqualTo("local");
    assertThat(provider.operator()).isEqualTo("north");
    assertThat(provider.jurisdiction()).isEmpty();
    assertThat(provider.limits().words()).isEmpty();
    assertThat(provider.prices().words()).isEmpty();
  }

  @Test
  void limitsAndPricesAreRead() {
    var provider =
        read(
            given(
                "limits.bandwidth", "20MB/s",
                "limits.requests-per-second", "0.5",
                "limits.requests-per-month", "50000",
                "limits.max-bytes", "2TB",
                "limits.connections", "8",
                "prices.storage-gb-month", "0.023",
                "prices.egress-gb", "0",
                "prices.put-1000", "0.005",
                "prices.get-1000", "0.0004"));
    assertThat(provider.limits())
        .isEqualTo(
            new Limits(
                Optional.of(20L << 20),
                Optional.of(0.5),
                Optional.of(50_000L),
                Optional.of(2L << 40),
                Optional.of(8)));
    assertThat(provider.prices())
        .isEqualTo(
            new Prices(
                Optional.of(new BigDecimal("0.023")),
                Optional.of(new BigDecimal("0")),
                Optional.of(new BigDecimal("0.005")),
                Optional.of(new BigDecimal("0.0004"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limits.requests-per-second", "limits.requestspersecond", "limits.requests.per.second",
        "LIMITS.REQUESTSPERSECOND", "limits.requestsPerSecond", "limits.requests_per_second"
      })
  void namesAreReadAsEnvironmentsHaveThem(String name) {
    assertThat(read(given(name, "5")).limits().requestsPerSecond()).contains(5.0);
  }

  @Test
  void aSmallPriceIsWhatYamlMakesOfIt() {
    assertThat(read(given("prices.get-1000", "4.0E-4")).prices().get1000())
        .hasValueSatisfying(price -> assertThat(price).isEqualByComparingTo("0.0004"));
  }

  @Test
  void aPriceInTheEnvironmentLooksLikeAnElementOfAList() {
    assertThat(read(given("prices.put[1000]", "5")).prices().put1000())
        .contains(new BigDecimal("5"));
  }

  @Test
  void aSecretIsFoundInAFileWhateverItsNameLooksLike() {
    for (String name :
        new String[] {"secret-access-key-file", "secretaccesskey.file", "SECRET_ACCESS_KEY_FILE"}) {
      var given = given(name, "/run/secret");
      given.remove("secret-access-key");
      var provider = read(given);
      assertThat(provider.settings()).containsKey(name);
      provider.open().close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "buckte | raic.providers[2].buckte is unknown; known are bucket, access-key-id, secret-access-key, session-token, endpoint, ca-file, path-style; did you mean bucket?",
        "SECRETACCESKEY | raic.providers[2].SECRETACCESKEY is unknown; known are",
        "secretacceskey | did you mean secret-access-key?",
        "secret-access-key-fiel | did you mean secret-access-key-file?",
        "operater | did you mean operator?",
        "limits.bandwith | raic.providers[2].limits.bandwith is unknown; known are bandwidth, requests-per-second, requests-per-month, max-bytes, connections; did you mean bandwidth?",
        "prices.egress | raic.providers[2].prices.egress is unknown; known are storage-gb-month",
        "limits | raic.providers[2].limits is unknown",
        "bucket[0] | raic.providers[2].bucket[0] is unknown",
      })
  void aNameThatIsUnknownIsToldAsItWasWritten(String name, String message) {
    assertRefused(given(name, SECRET), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id | a/b | raic.providers[2].id: a store is named by",
        "ID | x | raic.providers[2].ID is there twice",
        "type | valut | raic.providers[2].type is none of",
        "type | valut | did you mean vault?",
        "operator | '\u001b[31m' | raic.providers[2].operator has a character that nobody can print",
        "jurisdiction | 'a\nb' | raic.providers[2].jurisdiction is not",
        "limits.bandwidth | fast | raic.providers[2].limits.bandwidth is not a size per second like 20MB",
        "limits.bandwidth | 0MB | limits.bandwidth is not",
        "limits.bandwidth | -5MB | limits.bandwidth is not",
        "limits.max-bytes | 999999999999999TB | limits.max-bytes is not a size like 500GB",
        "limits.requests-per-second | 0 | limits.requests-per-second is not a number",
        "limits.requests-per-second | 1e9 | limits.requests-per-second is not",
        "limits.requests-per-second | NaN | limits.requests-per-second is not",
        "limits.requests-per-month | 1.5 | limits.requests-per-month is not a whole number",
        "limits.connections | 10001 | limits.connections is not a whole number from 1 to 10000",
        "prices.egress-gb | -1 | prices.egress-gb is not a price like 0.023",
        "prices.egress-gb | 1e999999999 | prices.egress-gb is not",
        "endpoint | https://user:hunter2hunter2@host | raic.providers[2].endpoint is not an address",
        "path-style | hunter2hunter2 | raic.providers[2].path-style is neither true nor false",
        "secret-access-key-file | /x | raic.providers[2].secret-access-key is given as text and as a file",
        "access-key-id | 'a\u001b[31m' | raic.providers[2].access-key-id has a character that nobody can print",
        "secretaccesskey | hunter2hunter2 | raic.providers[2].",
      })
  void aValueThatCannotBeIsRefusedAndNotShown(String name, String value, String message) {
    assertRefused(given(name, value), message);
  }

  @Test
  void whatIsMissingIsNamedWithItsMeaning() {
    var given = given();
    given.remove("bucket");
    assertRefused(given, "raic.providers[2].bucket is missing: the bucket, which has to be there");
    given.put("bucket", "  ");
    assertRefused(given, "raic.providers[2].bucket is missing");
    given.remove("id");
    assertRefused(
        given, "raic.providers[2].id is missing; all of raic.providers has to be in one place");
  }

  @Test
  void whoForgetsTheTypeIsToldWhichItIs() {
    var given = given();
    given.remove("type");
    assertRefused(given, " is unknown; known are path; type is not given, so it is local");
  }

  @ParameterizedTest
  @CsvSource({"de, DE", "DE, DE", "EU, EU", "eu, eu", "the Netherlands, the Netherlands"})
  void aJurisdictionIsACountryOrAWord(String written, String read) {
    assertThat(read(given("jurisdiction", written)).jurisdiction()).contains(read);
  }

  @Test
  void operatorsAreTheSameHoweverTheyAreWritten() {
    var one = read(given("operator", "North Hosting"));
    var other = read(given("id", "south", "operator", "NORTH hosting"));
    assertThat(one.operator()).isEqualTo("North Hosting");
    assertThat(new Providers(List.of(one, other)).operators().values())
        .containsOnly("north hosting");
  }

  @Test
  void nothingPrintsAValue() {
    var given = given();
    var provider = read(given);
    assertThat(given.toString() + provider + provider.settings() + List.of(given))
        .doesNotContain(SECRET)
        .contains("secret-access-key", "north");
  }
}
