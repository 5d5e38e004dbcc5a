package io.raic.cloud.s3;

import io.raic.cloud.contract.TlsContract;
import io.raic.cloud.registry.Driver;
import java.util.Map;

class S3TlsTest implements TlsContract {
  private final Front front = new Front(S3Server.s3Proxy().address());

  @Override
  public Driver driver() {
    return Driver.S3;
  }

  @Override
  public Front front() {
    return front;
  }

  @Override
  public Map<String, String> settingsAt(String address) {
    var settings = S3Server.s3Proxy().settings();
    settings.put("endpoint", address);
    settings.put("conditional-writes", "create-only");
    return settings;
  }

  @Override
  public int partBytes() {
    return S3Backend.PART_BYTES;
  }
}
