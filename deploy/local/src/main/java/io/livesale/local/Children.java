package io.livesale.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every process the launcher has started, stopped in the reverse order of their groups. */
final class Children {
    private final Leftovers leftovers;
    private final Consumer<Child> ended;
    private final Deque<List<Child>> groups = new ArrayDeque<>();
    private boolean stopping;

    /** @param ended told of a child that stops without having been asked to */
    Children(Leftovers leftovers, Consumer<Child> ended) {
        this.leftovers = leftovers;
        this.ended = ended;
    }

    /** What starts from here on is stopped before all that started earlier. */
    synchronized void newGroup() {
        groups.push(new ArrayList<>());
    }

    /** @throws CannotStart when the launcher is being stopped already */
    synchronized Child add(Supplier<Child> start) {
        if (stopping) {
            throw new CannotStart("stopped while starting");
        }
        Child child = start.get();
        groups.element().add(child);
        leftovers.remember(child);
        return child;
    }

    /** From now on this child is to stay; until then its starter notices when it ends. */
    void watch(Child child) {
        watch(child, ended);
    }

    /** @param ended told of its end in place of whoever is told of the others' */
    void watch(Child child, Consumer<Child> ended) {
        child.process().onExit().thenRun(() -> {
            if (!isStopping()) {
                ended.accept(child);
            }
        });
    }

    /** Tells of a child that has ended, to whoever is told of those that nobody else cares for. */
    void report(Child child) {
        ended.accept(child);
    }

    CannotStart notReady(Child child) {
        return new CannotStart(
                isStopping() ? "stopped while starting" : child.name() + " did not become ready, see " + child.log());
    }

    /** Stops all, group by group; returns when nothing is left running. */
    void stop() {
        for (List<Child> group : claim()) {
            group.parallelStream().forEach(Child::stop);
        }
    }

    private synchronized List<List<Child>> claim() {
        stopping = true;
        return List.copyOf(groups);
    }

    synchronized boolean isStopping() {
        return stopping;
    }
}
