package io.livesale.order.processing;

import io.livesale.order.CommandCodec;
import io.livesale.order.EventSender;
import io.livesale.order.EventSender.Unreadable;
import io.livesale.order.Retries;
import io.livesale.order.UnreadableRecordException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Decides the command log, a poll's records at a time. Each partition's share is one transaction ({@link BatchDecision}),
 * its events are sent only after the commit, and the poll is acknowledged only after the broker confirmed them: a crash
 * in between repeats the records, which then re-send the stored events and change nothing. A fault is retried for as
 * long as it lasts; records that are no commands go to the dead letters and hold up nobody.
 */
@ApplicationScoped
class CommandProcessor {
    private final BatchDecision decision;
    private final EventSender events;
    private final Retries retries;

    CommandProcessor(BatchDecision decision, EventSender events, Retries retries) {
        this.decision = decision;
        this.events = events;
        this.retries = retries;
    }

    @Incoming("order-commands")
    Uni<Void> process(ConsumerRecords<String, byte[]> poll) {
        List<Uni<Void>> partitions = poll.partitions().stream()
                .map(partition -> process(partition, poll.records(partition)))
                .toList();
        return Uni.join().all(partitions).andCollectFailures().replaceWithVoid();
    }

    private Uni<Void> process(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        CommandBatch batch = read(partition.partition(), records);
        String step = "decide " + partition + " from " + batch.firstOffset();
        return retries.untilDone(step, () -> events.divert(batch.unreadable()))
                .chain(() ->
                        retries.untilDone(step, () -> decision.decide(batch).chain(events::send)));
    }

    private static CommandBatch read(int partition, List<ConsumerRecord<String, byte[]>> records) {
        List<CommandBatch.Entry> commands = new ArrayList<>(records.size());
        List<Unreadable> unreadable = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> entry : records) {
            try {
                commands.add(new CommandBatch.Entry(entry.offset(), CommandCodec.decode(entry)));
            } catch (UnreadableRecordException e) {
                unreadable.add(new Unreadable(entry, e.getMessage()));
            }
        }
        long first = records.get(0).offset();
        long last = records.get(records.size() - 1).offset();
        return new CommandBatch(partition, first, last + 1, commands, unreadable);
    }
}
