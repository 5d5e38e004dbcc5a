-- Who may come in with a token. The token itself is nowhere: its SHA-256 is, and it is random.
create table access_token (
  id text primary key,
  hash text not null unique,
  name text not null,
  created bigint not null,
  expires bigint,
  revoked bigint,
  read_only bigint not null,
  quota_bytes bigint,
  stored_bytes bigint not null,
  requests bigint not null,
  last_use bigint
);
-- A name is free again when its token is revoked.
create unique index access_token_name on access_token (name) where revoked is null;

-- What uploads that run may still store. After its time a row counts for nothing: whoever made it
-- is gone.
create table access_reservation (
  id text primary key,
  token text not null references access_token (id),
  bytes bigint not null,
  valid_until bigint not null
);
create index access_reservation_token on access_reservation (token);
