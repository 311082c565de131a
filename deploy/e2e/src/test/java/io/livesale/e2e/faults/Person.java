package io.livesale.e2e.faults;

/** Somebody who does one thing after the other for as long as the run lasts. */
interface Person {
    void act() throws InterruptedException;
}
