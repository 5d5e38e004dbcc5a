package io.raic.gateway.simulation;

import io.raic.cloud.ObjectInfo;
import io.raic.cloud.Upload;

/** An upload as it is, for a test to put a defect in. */
class DefectiveUpload implements Upload {
  private final Upload upload;

  DefectiveUpload(Upload upload) {
    this.upload = upload;
  }

  @Override
  public void write(byte[] data, int offset, int length) {
    upload.write(data, offset, length);
  }

  @Override
  public long sentBytes() {
    return upload.sentBytes();
  }

  @Override
  public ObjectInfo commit() {
    return upload.commit();
  }

  @Override
  public void close() {
    upload.close();
  }
}
