package io.raic.gateway;

import io.raic.gateway.admin.AuditView;
import io.raic.gateway.audit.AuditLog;
import io.raic.gateway.audit.AuditRecord;
import io.raic.gateway.audit.Outcome;
import java.util.List;
import java.util.Optional;

/** The audit log as the dashboard shows it and adds to it. */
record AuditPages(AuditLog log) implements AuditView {
  @Override
  public Optional<List<Act>> acts(long before, int limit) {
    return Optional.of(log.before(before, limit).stream().map(AuditPages::act).toList());
  }

  private static Act act(AuditRecord record) {
    return new Act(
        record.seq(),
        record.at(),
        record.actor(),
        record.action(),
        record.subject(),
        record.outcome());
  }

  @Override
  public void add(String actor, String act, String subject) {
    log.append(actor, act, subject, Outcome.DONE);
  }

  @Override
  public void undone(String actor, String act, String subject, boolean isRefused) {
    log.append(actor, act, subject, isRefused ? Outcome.REFUSED : Outcome.FAILED);
  }
}
