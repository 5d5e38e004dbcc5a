package io.raic.gateway.state;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * What gateways do in the background again and again: of all that share the database one at a time
 * does each thing. If that one dies, another one goes on some minutes later.
 */
public final class Jobs implements AutoCloseable {
  /** A gateway that does not show for four of these counts as dead. */
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(10);

  private final Optional<Scheduler> scheduler;

  /**
   * A thing to do.
   *
   * @param name the same in all gateways
   * @param pause between its end and the next start
   * @param work is told by its argument whether it has to end; it is interrupted some time later
   */
  public record Job(String name, Duration pause, Work work) {}

  /** What a job does. */
  @FunctionalInterface
  public interface Work {
    /** Does it once; what it throws is logged, and it is tried again after the pause. */
    void run(BooleanSupplier isEnding);
  }

  private Jobs(Optional<Scheduler> scheduler) {
    this.scheduler = scheduler;
  }

  /** Starts to do {@code jobs}, each for the first time soon. */
  public static Jobs start(Database database, List<Job> jobs) {
    return start(database, jobs, POLL);
  }

  static Jobs start(Database database, List<Job> jobs, Duration poll) {
    if (jobs.isEmpty()) {
      return new Jobs(Optional.empty());
    }
    var scheduler =
        Scheduler.create(database.source())
            .startTasks(jobs.stream().map(Jobs::task).toList())
            .threads(jobs.size())
            .pollingInterval(poll)
            .heartbeatInterval(HEARTBEAT)
            .shutdownMaxWait(END)
            .jdbcCustomization(new JobTable())
            .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
            .build();
    scheduler.start();
    return new Jobs(Optional.of(scheduler));
  }

  private static RecurringTask<Void> task(Job job) {
    return Tasks.recurring(job.name(), FixedDelay.of(job.pause()))
        .execute((_, context) -> job.work().run(context.getSchedulerState()::isShuttingDown));
  }

  /** Lets what goes on end, for a while. */
  @Override
  public void close() {
    scheduler.ifPresent(Scheduler::stop);
  }
}
