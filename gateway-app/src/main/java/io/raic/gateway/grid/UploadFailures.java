package io.raic.gateway.grid;

import java.util.List;

/** Why shares did not get to their stores. */
final class UploadFailures {
  private UploadFailures() {}

  private static List<ShareUpload.State.Failed> of(List<ShareUpload> uploads) {
    return uploads.stream()
        .map(ShareUpload::state)
        .filter(ShareUpload.State.Failed.class::isInstance)
        .map(ShareUpload.State.Failed.class::cast)
        .toList();
  }

  static List<String> reasons(List<ShareUpload> uploads) {
    return of(uploads).stream().map(ShareUpload.State.Failed::reason).toList();
  }

  /** Says whether stores failed, and each of them because it is full. */
  static boolean outOfSpace(List<ShareUpload> uploads) {
    var failed = of(uploads);
    return !failed.isEmpty() && failed.stream().allMatch(ShareUpload.State.Failed::outOfSpace);
  }
}
