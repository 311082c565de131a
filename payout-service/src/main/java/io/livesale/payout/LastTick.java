package io.livesale.payout;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ends what recurs before the pool goes: a step begun after that could only fail, and would say so. */
@Singleton
class LastTick {
    void pause(@Observes ShutdownEvent shutdown, Scheduler scheduler) {
        scheduler.pause();
    }
}
