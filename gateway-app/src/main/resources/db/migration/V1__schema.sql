-- Facts about this database itself.
create table raic_meta (
  name text primary key,
  value text not null
);
