package io.raic.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.gateway.state.TestDatabase;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AccessFilterTest {
  @TempDir Path directory;

  private static MockHttpServletRequest request(String path, String authorization) {
    var request = new MockHttpServletRequest("GET", path);
    request.setServletPath(path);
    request.addHeader("Authorization", authorization);
    return request;
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseThatDoesNotAnswerLetsNobodyIn(TestDatabase kind)
      throws ServletException, IOException {
    var time = new HandTime();
    var database = kind.open(directory);
    var tokens = new Tokens(database, time, new SecureRandom());
    String secret = tokens.create("test", "backup", Token.Rights.ALL).reveal();
    var filter =
        new AccessFilter(Optional.of(new Doorkeeper(tokens, new Usage(database), time, time)));
    database.close();
    var chain = new MockFilterChain();
    var response = new MockHttpServletResponse();

    filter.doFilter(request("/uri/x", "Bearer " + secret), response, chain);

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isEqualTo("10");
    assertThat(response.getContentAsString()).isEqualTo("the gateway's database does not answer\n");
    assertThat(chain.getRequest()).isNull();
  }

  @Test
  void withoutADoorkeeperEverybodyIsTheSame() throws ServletException, IOException {
    var request = request("/uri/x", "Bearer x");
    var chain = new MockFilterChain();
    new AccessFilter(Optional.empty()).doFilter(request, new MockHttpServletResponse(), chain);
    assertThat(chain.getRequest()).isSameAs(request);
    assertThat(Caller.of(request)).isEqualTo(Caller.OPEN).matches(Caller::isOpen);
  }

  @ParameterizedTest
  @CsvSource({"/admin,true", "/admin/x,true", "/administrator,false", "/uri,false"})
  void theDashboardHasItsOwnDoor(String path, boolean passes) throws ServletException, IOException {
    var request = request(path, "");
    var chain = new MockFilterChain();
    new AccessFilter(Optional.empty()).doFilter(request, new MockHttpServletResponse(), chain);
    if (passes) {
      assertThatThrownBy(() -> Caller.of(request)).isInstanceOf(IllegalStateException.class);
    } else {
      assertThat(Caller.of(request).isOpen()).isTrue();
    }
  }
}
