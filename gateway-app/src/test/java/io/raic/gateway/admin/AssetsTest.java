package io.raic.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AssetsTest {
  @Test
  void whatIsServedIsWhatTheSourcesMake() {
    Frontend.install();

    assertThat(Frontend.run("npm", "run", "check"))
        .describedAs("run npm run build in gateway-app/frontend, and commit what it makes")
        .isZero();
  }

  @Test
  void theLicensesOfWhatIsServedAreServedAsWell() {
    var licenses = Assets.load().find("LICENSES.txt").orElseThrow();

    assertThat(new String(licenses.content(), UTF_8))
        .contains("htmx.org", "htmx-ext-sse", "uplot", "MIT");
  }
}
