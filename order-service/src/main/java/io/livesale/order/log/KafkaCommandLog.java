package io.livesale.order.log;

import io.livesale.order.CallerContext;
import io.livesale.order.CommandCodec;
import io.livesale.order.CommandLog;
import io.livesale.order.LogPosition;
import io.livesale.order.OrderCommand;
import io.livesale.order.OrderSettings;
import io.livesale.order.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands to {@code order-commands.v1}. A thread of its own feeds the producer, because sending may block while
 * the broker is away and an event loop must not; what is on its way is bounded, and the rest is refused at once.
 */
@Singleton
class KafkaCommandLog implements CommandLog {
    /** What waited longer for its turn is not sent any more: its buyer has given up, and would hold units unknowingly. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Logger LOG = Logger.getLogger(KafkaCommandLog.class);

    private final Producer<String, byte[]> producer;
    private final Semaphore inFlight;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final ExecutorService appender;

    KafkaCommandLog(Producer<String, byte[]> producer, OrderSettings settings) {
        this.producer = producer;
        int bound = settings.intake().maxInFlight();
        this.inFlight = new Semaphore(bound);
        this.appender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(bound), task -> new Thread(task, "log-appender"));
    }

    @Override
    public Uni<LogPosition> append(OrderCommand command) {
        return CallerContext.resume(Uni.createFrom().emitter(answer -> enqueue(command, answer)));
    }

    private void enqueue(OrderCommand command, UniEmitter<? super LogPosition> answer) {
        if (!inFlight.tryAcquire()) {
            answer.fail(Problem.INTAKE_UNAVAILABLE.because("Too many orders are on their way; repeat shortly."));
            return;
        }
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try {
            appender.execute(() -> send(command, answer, deadline));
        } catch (RejectedExecutionException e) {
            inFlight.release();
            answer.fail(Problem.INTAKE_UNAVAILABLE.because("The service is stopping; repeat shortly."));
        }
    }

    private void send(OrderCommand command, UniEmitter<? super LogPosition> answer, long deadline) {
        if (System.nanoTime() - deadline > 0) {
            confirm(null, new TimeoutException("the broker was away while this waited"), answer);
            return;
        }
        try {
            producer.send(
                    CommandCodec.encode(command).toRecord(), (metadata, failure) -> confirm(metadata, failure, answer));
        } catch (RuntimeException e) {
            confirm(null, e, answer);
        }
    }

    private void confirm(
            @Nullable RecordMetadata metadata, @Nullable Exception failure, UniEmitter<? super LogPosition> answer) {
        inFlight.release();
        if (metadata == null || failure != null) {
            if (failing.compareAndSet(false, true)) {
                LOG.warnf("appends are not confirmed reason=%s", failure);
            }
            answer.fail(Problem.INTAKE_UNAVAILABLE.because("The order log did not confirm; repeat the request."));
        } else {
            if (failing.get() && failing.compareAndSet(true, false)) {
                LOG.info("appends are confirmed again");
            }
            answer.complete(new LogPosition(metadata.partition(), metadata.offset()));
        }
    }

    @PreDestroy
    void stop() {
        appender.shutdown();
    }
}
