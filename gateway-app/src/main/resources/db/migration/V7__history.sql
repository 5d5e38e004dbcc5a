-- What the dashboard draws, counted by each gateway for each provider, and for itself as '*'.
create table history_slot (
  -- 'minute' or 'hour'
  resolution text not null,
  gateway text not null,
  subject text not null,
  -- When the slot begins.
  at bigint not null,
  seen_ms bigint not null,
  read_down_ms bigint not null,
  write_down_ms bigint not null,
  calls bigint not null,
  failures bigint not null,
  bytes_read bigint not null,
  bytes_written bigint not null,
  primary key (resolution, gateway, subject, at)
);
create index history_slot_at on history_slot (resolution, at);

-- What happened, for people.
create table history_event (
  id text primary key,
  at bigint not null,
  gateway text not null,
  level text not null,
  subject text not null,
  words text not null
);
create index history_event_at on history_event (at, id);
