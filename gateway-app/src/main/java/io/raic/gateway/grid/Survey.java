package io.raic.gateway.grid;

import java.util.List;

/**
 * What all stores say they hold of one file.
 *
 * @param answers one of each store, in the order of the configuration
 */
record Survey(List<ShareSearch.Answer> answers) {
  Survey {
    answers = List.copyOf(answers);
  }

  /** Returns which stores say they hold which shares below {@code total}. */
  Holdings holdings(int total) {
    var holdings = new Holdings();
    for (var share : shares()) {
      if (share.shareNumber() < total) {
        holdings.add(share.shareNumber(), share.store().id());
      }
    }
    return holdings;
  }

  List<FoundShare> shares() {
    return answers.stream().flatMap(answer -> answer.shares().stream()).toList();
  }

  /** Returns the ids of the stores that answered. */
  List<String> responding() {
    return answers.stream().filter(a -> !a.failed()).map(a -> a.store().id()).toList();
  }

  /** Returns what the others said instead, or that they did not. */
  List<String> failures() {
    return answers.stream()
        .filter(ShareSearch.Answer::failed)
        .map(ShareSearch.Answer::failure)
        .toList();
  }
}
