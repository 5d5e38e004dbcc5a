-- Who may use the dashboard. Passwords are hashes; a secret of one-time codes is what it is.
create table raic_user (
  name text primary key,
  role text not null,
  password text not null,
  one_time bigint not null,
  totp text,
  totp_step bigint not null,
  created_at bigint not null,
  changed_at bigint not null
);

-- Who uses it now. The browser has the identifier, this has its hash.
create table raic_session (
  id_hash text primary key,
  name text not null,
  origin text not null,
  role text not null,
  step text not null,
  -- When the user was changed last when it was opened; it ends with the next change.
  user_changed_at bigint not null,
  created_at bigint not null,
  seen_at bigint not null
);

create index raic_session_by_name on raic_session (name);
