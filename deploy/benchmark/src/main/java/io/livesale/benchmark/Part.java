package io.livesale.benchmark;

/** A part of a run that can be had alone. */
@FunctionalInterface
interface Part {
    void measure(Lab lab, Results results);
}
