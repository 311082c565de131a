package io.livesale.payout.earnings;

import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the next scheduled settlement is, by the schedule itself. */
@Singleton
class NextSettlement {
    /** The identity of the job that makes settlements. */
    private static final String JOB = "settlement";

    private final Scheduler scheduler;

    NextSettlement(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Nothing where settlements are made by operators only. */
    @Nullable Instant at() {
        Trigger schedule = scheduler.getScheduledJob(JOB);
        return schedule == null ? null : schedule.getNextFireTime();
    }
}
