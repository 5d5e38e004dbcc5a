create function raic_audit_is_kept() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only appended to';
end;
$$;

create trigger raic_audit_no_change before update or delete on raic_audit
for each row execute function raic_audit_is_kept();

create trigger raic_audit_no_truncate before truncate on raic_audit
for each statement execute function raic_audit_is_kept();
