package io.raic.benchmarks.drivers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache's HTTP client as it comes, with nothing around it: what the bytes cost anyway. */
final class BareWorkload implements Workload {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final URI address;
  private final byte[] part = new byte[PART_BYTES];
  private final byte[] piece = new byte[PIECE_BYTES];

  BareWorkload(URI address) {
    this.address = address;
  }

  @Override
  public void put() throws IOException {
    for (int done = 0; done < OBJECT_BYTES; done += PART_BYTES) {
      int length = Math.min(PART_BYTES, OBJECT_BYTES - done);
      var request = new HttpPut(address.resolve("/bucket/object"));
      request.setEntity(new ByteArrayEntity(part, 0, length, ContentType.APPLICATION_OCTET_STREAM));
      client.execute(
          request,
          answer -> {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode();
          });
    }
  }

  @Override
  public void get() throws IOException {
    long got =
        client.execute(
            new HttpGet(address.resolve("/bucket/object")),
            answer -> {
              long count = 0;
              try (var in = answer.getEntity().getContent()) {
                for (int n = 0; n >= 0; n = in.read(piece)) {
                  count += n;
                }
              }
              return count;
            });
    if (got != OBJECT_BYTES) {
      throw new IOException("%d bytes came".formatted(got));
    }
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
