package io.raic.cloud.contract;

import io.raic.cloud.CloudBackend;

/** Where the tests of a contract get their store from. */
public interface EmptyBackend {
  /** Returns a store without objects, which the test closes. */
  CloudBackend emptyBackend();
}
