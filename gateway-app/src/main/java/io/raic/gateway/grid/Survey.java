package io.raic.gateway.grid;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all stores say they hold of one file.
 *
 * @param answers one of each store, in the order of the configuration
 */
record Survey(List<ShareSearch.Answer> answers) {
  Survey {
    answers = List.copyOf(answers);
  }

  /** Returns which stores say they hold which shares. */
  Holdings holdings() {
    var holdings = new Holdings();
    shares().forEach(share -> holdings.add(share.shareNumber(), share.store().id()));
    return holdings;
  }

  List<FoundShare> shares() {
    return answers.stream().flatMap(answer -> answer.shares().stream()).toList();
  }

  /** Returns the ids of the stores that answered. */
  List<String> responding() {
    return answers.stream().filter(a -> !a.failed()).map(a -> a.store().id()).toList();
  }

  /** Returns the ids of the others. */
  Set<String> silent() {
    return answers.stream()
        .filter(ShareSearch.Answer::failed)
        .map(answer -> answer.store().id())
        .collect(Collectors.toSet());
  }

  /** Returns what the others said instead, or that they did not. */
  List<String> failures() {
    return answers.stream()
        .filter(ShareSearch.Answer::failed)
        .map(ShareSearch.Answer::failure)
        .toList();
  }
}
