package io.raic.cloud.azure;

import io.raic.cloud.Deadline;
import io.raic.cloud.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What shows the service who asks. For any thread; tells nobody what it holds. */
sealed interface AzureCredential permits SharedKey, SasToken, EntraCredential {
  /** The header that most kinds of credentials go into. */
  String AUTHORIZATION = "Authorization";

  /**
   * Lets a request show who makes it.
   *
   * @param request for the errors
   * @param method of HTTP
   * @param address to be asked
   * @param headers of the request, to which some may be added
   * @param deadline for what has to be asked of others first
   * @return the address to be asked, which may hold a credential
   */
  String sign(
      Request request,
      String method,
      String address,
      Map<String, String> headers,
      Deadline deadline);

  /** Returns when it ends for good. */
  Optional<Instant> end();

  /** Says in words what about this kind of credential makes the service doubt who asks. */
  String whyDoubted(Instant now);

  /**
   * Drops what is kept of it after the service has refused it.
   *
   * @param headers of the request that was refused
   * @return whether a new one may do better
   */
  boolean renew(Map<String, String> headers);
}
