package io.raic.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedRangeTest {
  private static RequestedRange of(String header, long size) {
    return RequestedRange.of(Optional.of(header), size);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=0-100, 0, 100",
    "bytes=99-, 99, 1",
    "bytes=0-, 0, 100",
    "bytes=-1, 99, 1",
    "bytes=-100, 0, 100",
    "bytes=-101, 0, 100",
    "bytes = 10 - 19 , 10, 10",
    "bytes=5-999999999999999999, 5, 95"
  })
  void aRangeIsCutToTheFile(String header, long offset, long length) {
    assertThat(of(header, 100)).isEqualTo(new RequestedRange.Part(offset, length));
  }

  @Test
  void ofSeveralTheFirstIsServed() {
    assertThat(of("bytes=1-2,5-6", 100)).isEqualTo(new RequestedRange.Part(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=2-1",
        "bits=0-1",
        "bytes=--1",
        "bytes=1",
        "bytes=99999999999999999999-",
        "bytes=0x1-2",
        "bytes=1-2-3"
      })
  void whatCannotBeReadIsIgnored(String header) {
    assertThat(of(header, 100)).isEqualTo(new RequestedRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
  void bytesBeyondTheEndCannotBeServed(String header) {
    assertThat(of(header, 100)).isEqualTo(new RequestedRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=-5", "bytes=0-0"})
  void anEmptyFileHasNoRange(String header) {
    assertThat(of(header, 0)).isEqualTo(new RequestedRange.Unsatisfiable());
  }
}
