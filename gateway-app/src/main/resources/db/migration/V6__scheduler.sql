-- What gateways do in the background, each thing by one of them at a time; kept by db-scheduler.
-- Times are milliseconds since 1970; the names of the columns are the library's.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time bigint not null,
  picked boolean not null,
  picked_by text,
  last_success bigint,
  last_failure bigint,
  consecutive_failures bigint,
  last_heartbeat bigint,
  version bigint not null,
  priority bigint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
