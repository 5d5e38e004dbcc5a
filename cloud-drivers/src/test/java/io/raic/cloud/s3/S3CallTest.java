package io.raic.cloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raic.cloud.Deadline;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class S3CallTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutLeavesTheInterruptThatWasThereBeforeItAndNoOther(boolean wasInterrupted) {
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
    try (var call = S3Call.begin(Deadline.in(Duration.ofNanos(8)))) {
      while (!call.isCut()) {
        Thread.onSpinWait();
      }
    }
    assertThat(Thread.interrupted()).isEqualTo(wasInterrupted);
  }

  @Test
  void aRequestThatComesTooLateIsNotSent() throws Exception {
    var over = new Deadline(Duration.ofMinutes(1), System.nanoTime() - 1);
    var get =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .uri(URI.create("http://127.0.0.1:1/"))
            .build();
    try (var wire = new S3Wire();
        var call = S3Call.begin(over)) {
      var request =
          ScopedValue.where(S3Call.CURRENT, call)
              .call(() -> wire.prepareRequest(HttpExecuteRequest.builder().request(get).build()));
      assertThatThrownBy(request::call)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the deadline is over");
    }
  }
}
