-- What people have ordered of providers, until it is taken back.
create table provider_order (
  provider text not null,
  -- 'pause-writes' or 'force-open'
  kind text not null,
  reason text not null,
  at bigint not null,
  primary key (provider, kind)
);
