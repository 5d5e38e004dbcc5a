package io.raic.cloud.gcs;

import com.google.api.client.http.javanet.NetHttpTransport;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import io.raic.cloud.call.Gate;
import io.raic.cloud.call.Retrier;

/**
 * What all calls to a store share. For any thread.
 *
 * @param id names the store
 * @param place where its objects are
 * @param gate lets calls in until the store is closed
 * @param retrier tries again
 * @param requests that can be made
 * @param http sends them
 */
record GcsStore(
    String id, GcsPlace place, Gate gate, Retrier retrier, GcsRequests requests, GcsHttp http) {
  /**
   * How many idle connections to one host the JDK keeps; it would keep five, and each new one costs
   * a handshake. Whoever starts Java can say otherwise.
   */
  private static final String IDLE_CONNECTIONS = "64";

  static {
    System.getProperties().putIfAbsent("http.maxConnections", IDLE_CONNECTIONS);
  }

  static GcsStore of(String id, GcsPlace place, GcsCredentials credentials) {
    // The JDK's blocking client: a third of the processor time of its newer one, and a virtual
    // thread that waits in it can be interrupted.
    var transport = new NetHttpTransport.Builder().setSslSocketFactory(new LayeredTls()).build();
    var gate = new Gate(id);
    return new GcsStore(
        id,
        place,
        gate,
        new Retrier(),
        new GcsRequests(place, transport),
        new GcsHttp(id, gate, new GcsTokens(credentials, transport)));
  }

  Request request(Operation operation) {
    return Request.of(id, operation);
  }
}
