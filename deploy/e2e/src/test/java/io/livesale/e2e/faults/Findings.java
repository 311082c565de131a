package io.livesale.e2e.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What does not hold, in words: a line for each promise, with some of what breaks it. */
final class Findings {
    /** Told in full; what else differs is counted. */
    private static final int MOST_TOLD = 5;

    private final List<String> all = new ArrayList<>();

    List<String> all() {
        return all;
    }

    /** @param wrong whatever breaks the promise; nothing when it holds */
    void wrong(String promise, Collection<String> wrong) {
        if (!wrong.isEmpty()) {
            all.add(promise + ": " + wrong.size() + ", such as "
                    + wrong.stream().limit(MOST_TOLD).toList());
        }
    }

    /** @param all of which none must be missing among the others */
    void missing(String promise, Collection<String> all, Collection<String> others) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(others);
        wrong(promise, rest);
    }

    <V> void same(String promise, Map<String, V> expected, Map<String, V> found) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        wrong(
                promise,
                keys.stream()
                        .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                        .map(key -> key + ": expected " + expected.get(key) + ", found " + found.get(key))
                        .toList());
    }
}
