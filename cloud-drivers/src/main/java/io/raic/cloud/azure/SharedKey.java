package io.raic.cloud.azure;

import com.azure.storage.common.StorageSharedKeyCredential;
import io.raic.cloud.BackendException;
import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One of the two keys of a storage account, which allow everything. */
final class SharedKey implements AzureCredential {
  private final String account;
  private final Supplier<String> key;
  private volatile Known known = new Known("", Optional.empty());

  /** A key, and the signer made of it. */
  private record Known(String key, Optional<StorageSharedKeyCredential> signer) {
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  /**
   * Signs for an account.
   *
   * @param key asked for each time, since it may change in its file
   */
  SharedKey(String account, Supplier<String> key) {
    this.account = account;
    this.key = key;
  }

  @Override
  public String sign(
      Request request,
      String method,
      String address,
      Map<String, String> headers,
      Deadline deadline) {
    headers.put(
        AUTHORIZATION, signer(request).generateAuthorizationHeader(url(address), method, headers));
    return address;
  }

  private StorageSharedKeyCredential signer(Request request) {
    try {
      var text = key.get();
      var seen = known;
      if (seen.signer().isPresent() && seen.key().equals(text)) {
        return seen.signer().orElseThrow();
      }
      // Decodes the key only when it signs: a key that is none would fail there, and be named.
      java.util.Base64.getDecoder().decode(text);
      var signer = new StorageSharedKeyCredential(account, text);
      known = new Known(text, Optional.of(signer));
      return signer;
    } catch (IllegalArgumentException _) {
      throw new BackendException.AccessDenied(request, "the account key is not Base64");
    }
  }

  private static URL url(String address) {
    try {
      return URI.create(address).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Instant> end() {
    return Optional.empty();
  }

  @Override
  public String whyDoubted(Instant now) {
    return "the account key is not one of the account's, or the account is another one";
  }

  @Override
  public boolean renew(Map<String, String> headers) {
    return false;
  }
}
