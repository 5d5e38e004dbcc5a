-- What was done by whom. Each record's hash covers the one before, so none can be changed unseen.
create table raic_audit (
  seq bigint primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  subject text not null,
  outcome text not null,
  hash text not null
);

-- Its one row is changed by whoever appends, so that the others wait for the end of the transaction.
create table raic_audit_turn (
  turn bigint primary key
);

insert into raic_audit_turn values (1);
