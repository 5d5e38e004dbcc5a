package io.raic.gateway.simulation;

import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.file.Uploader;
import io.raic.gateway.repair.Health;
import io.raic.gateway.repair.Repairer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.OptionalLong;

/** What a gateway does for its clients. */
interface Engine {
  Uploader.Stored upload(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException;

  void download(ReadCap cap, long offset, long length, OutputStream out) throws IOException;

  Health check(VerifyCap cap, boolean verify) throws IOException;

  Repairer.Repair repair(VerifyCap cap, boolean verify) throws IOException;

  int sweep() throws IOException;

  List<String> leftovers();

  /** Says whether it knows that shares of a file are missing. */
  boolean misses(VerifyCap cap);

  /** Says whether all memory for transfers is free. */
  boolean isIdle();

  void close();
}
