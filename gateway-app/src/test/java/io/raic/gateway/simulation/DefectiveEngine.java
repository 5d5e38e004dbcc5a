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

/** An engine as it is, for a test to put a defect in. */
class DefectiveEngine implements Engine {
  private final Engine engine;

  DefectiveEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Uploader.Stored upload(InputStream plaintext, OptionalLong length, boolean randomKey)
      throws IOException {
    return engine.upload(plaintext, length, randomKey);
  }

  @Override
  public void download(ReadCap cap, long offset, long length, OutputStream out) throws IOException {
    engine.download(cap, offset, length, out);
  }

  @Override
  public Health check(VerifyCap cap, boolean verify) throws IOException {
    return engine.check(cap, verify);
  }

  @Override
  public Repairer.Repair repair(VerifyCap cap, boolean verify) throws IOException {
    return engine.repair(cap, verify);
  }

  @Override
  public int sweep() throws IOException {
    return engine.sweep();
  }

  @Override
  public List<String> leftovers() {
    return engine.leftovers();
  }

  @Override
  public boolean misses(VerifyCap cap) {
    return engine.misses(cap);
  }

  @Override
  public boolean isIdle() {
    return engine.isIdle();
  }

  @Override
  public void close() {
    engine.close();
  }
}
