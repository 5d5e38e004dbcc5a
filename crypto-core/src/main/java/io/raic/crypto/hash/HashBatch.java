package io.raic.crypto.hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hashes of many messages at once, which takes less time than one after the other where the machine
 * has {@linkplain HashKernels lanes} and there are messages enough to fill them.
 *
 * <p>Each result is that of {@link TaggedHash}. For one thread at a time; format §1.3.
 */
public final class HashBatch {
  private static final Comparator<Message> LONGEST_FIRST =
      Comparator.comparingInt((Message message) -> message.length).reversed();

  private final List<Message> messages = new ArrayList<>();
  private final Map<Tag, TaggedHash> alone = new EnumMap<>(Tag.class);
  private Optional<HashKernels.Lanes> used = Optional.empty();
  private Optional<LaneHash> laneHash = Optional.empty();

  /**
   * Adds a message, whose hash will be the next of the results.
   *
   * @param data may not change until {@link #digest} returns
   */
  public void add(Tag tag, byte[] data, int offset, int length) {
    messages.add(new Message(tag, data, offset, length, messages.size()));
  }

  /** Returns how many messages were added since the last {@link #digest}. */
  public int size() {
    return messages.size();
  }

  /**
   * Hashes all messages and forgets them.
   *
   * @param target where the hashes are put, 32 bytes each, in the order in which they were added
   * @param offset where the first one is put
   */
  public void digest(byte[] target, int offset) {
    digest(target, offset, HashKernels.current());
  }

  void digest(byte[] target, int offset, Optional<HashKernels.Lanes> lanes) {
    if (target.length - offset < (long) messages.size() * TaggedHash.LENGTH || offset < 0) {
      throw new IllegalArgumentException(
          "no room for %d hashes from %d on in %d bytes"
              .formatted(messages.size(), offset, target.length));
    }
    int split = messages.size();
    if (lanes.isPresent()) {
      messages.sort(LONGEST_FIRST);
      split = lanes.get().costs().alone(messages);
    }
    for (var message : messages.subList(0, split)) {
      alone
          .computeIfAbsent(message.tag, TaggedHash::of)
          .update(message.data, message.offset, message.length)
          .digest(target, offset + message.place * TaggedHash.LENGTH);
    }
    if (split < messages.size()) {
      laneHash(lanes.orElseThrow()).hash(messages.subList(split, messages.size()), target, offset);
    }
    messages.clear();
  }

  private LaneHash laneHash(HashKernels.Lanes lanes) {
    if (!used.equals(Optional.of(lanes))) {
      used = Optional.of(lanes);
      laneHash = Optional.of(new LaneHash(lanes.kernel().get()));
    }
    return laneHash.orElseThrow();
  }
}
