create trigger raic_audit_no_update before update on raic_audit
begin
  select raise(abort, 'the audit log is only appended to');
end;

create trigger raic_audit_no_delete before delete on raic_audit
begin
  select raise(abort, 'the audit log is only appended to');
end;
