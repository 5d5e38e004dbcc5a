package io.raic.gateway.admin;

import java.time.Instant;

/**
 * Something that happened.
 *
 * @param id that no other one has
 * @param at when
 * @param gateway that saw it
 * @param level how bad it is
 * @param subject what it happened to: a provider, or the gateway
 * @param words what it was, in a line without secrets
 */
public record Event(
    String id, Instant at, String gateway, Level level, String subject, String words) {}
