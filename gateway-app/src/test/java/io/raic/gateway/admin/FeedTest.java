package io.raic.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Feed feed = new Feed();

  @Test
  void aReaderHearsOfWhatIsNewSinceItBegan() throws InterruptedException {
    feed.tell(Feed.Topic.SAMPLE);
    var reader = feed.reader();
    feed.tell(Feed.Topic.STATE);

    assertThat(reader.await(LONG)).containsExactly(Feed.Topic.STATE);
    assertThat(reader.await(Duration.ZERO)).isEmpty();
  }

  @Test
  void whatIsToldManyTimesIsHeardOnceByWhoIsSlow() throws InterruptedException {
    var reader = feed.reader();
    for (int i = 0; i < 1000; i++) {
      feed.tell(Feed.Topic.JOBS);
      feed.tell(Feed.Topic.TRANSFERS);
    }

    assertThat(reader.await(LONG)).containsExactlyInAnyOrder(Feed.Topic.JOBS, Feed.Topic.TRANSFERS);
    assertThat(reader.await(Duration.ZERO)).isEmpty();
  }

  @Test
  void whoWaitsIsWokenByTheEnd() throws InterruptedException {
    var reader = feed.reader();
    var closer = Thread.ofVirtual().start(feed::close);

    assertThat(reader.await(LONG)).isEmpty();
    assertThat(feed.isClosed()).isTrue();
    closer.join();
  }
}
