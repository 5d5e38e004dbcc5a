package io.raic.gateway.simulation;

/** Is told what happens to a provider's objects, as it happens. */
interface Ledger {
  /** An object is on its way. */
  void began(Provider provider, String key);

  /** An object is there, is another, or is gone. */
  void changed(Provider provider, String key);

  /** An object came, or will come, when its upload was not waited for any more. */
  void late(Provider provider, String key);

  /** A listing did not tell the truth of an object. */
  void lied(Provider provider, String key);

  /** The provider begins to do something wrong. */
  void troubled(Provider provider, Trouble trouble);
}
