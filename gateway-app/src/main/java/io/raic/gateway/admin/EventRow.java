package io.raic.gateway.admin;

import java.time.Instant;
import java.util.List;

/**
 * An event as pages show it.
 *
 * @param level how bad it is
 * @param subject what it happened to
 * @param words what it was
 * @param time when
 * @param ago how long ago
 * @param gateway that saw it
 */
public record EventRow(
    Level level, String subject, String words, String time, String ago, String gateway) {
  static List<EventRow> of(List<Event> events, Instant now) {
    return events.stream()
        .map(event ->
            new EventRow(
                event.level(),
                event.subject().equals(History.GATEWAY) ? "gateway" : event.subject(),
                event.words(),
                Words.time(event.at()),
                Words.ago(event.at(), now),
                event.gateway()))
        .toList();
  }
}
