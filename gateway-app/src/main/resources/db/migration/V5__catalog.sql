-- Which files are stored, and where their shares were last seen. Made again by raic catalog rebuild.

-- A file: one row for each storage index.
create table catalog_files (
  storage_index text primary key,
  verify_cap text not null,
  size bigint not null,
  needed bigint not null,
  total bigint not null,
  -- 0 where nobody knows.
  stored_at bigint not null,
  -- The id of a token; empty where nobody knows.
  token text not null,
  -- How many different shares were good when last seen.
  good bigint not null,
  -- What that makes the file: full, degraded, critical or lost.
  redundancy text not null,
  -- When its shares were last opened; stored counts.
  checked_at bigint not null,
  -- When stores were last asked for it at all.
  looked_at bigint not null
);
create index catalog_files_by_redundancy on catalog_files (redundancy, storage_index);
create index catalog_files_by_check on catalog_files (checked_at, storage_index);

-- Where a share was last seen.
create table catalog_sightings (
  storage_index text not null,
  share bigint not null,
  store text not null,
  bytes bigint not null,
  -- When it was last there.
  seen_at bigint not null,
  -- good, listed, bad, unreadable or missing.
  result text not null,
  primary key (storage_index, share, store)
);

-- Sums over both, changed in the same transaction as what they count.
--   file   by the token that stored it (name), needed, total, good
--   store  for each store (name) with good shares of it: as file, and what is left without the store
--   held   for each store (name): shares that are there, and their bytes
create table catalog_counts (
  kind text not null,
  name text not null,
  needed bigint not null,
  total bigint not null,
  good bigint not null,
  left_over bigint not null,
  items bigint not null,
  bytes bigint not null,
  primary key (kind, name, needed, total, good, left_over)
);

-- Whoever changes the above holds this row, so that sums stay right with several gateways.
create table catalog_writer (
  id bigint primary key,
  turn bigint not null
);
insert into catalog_writer (id, turn) values (1, 0);
