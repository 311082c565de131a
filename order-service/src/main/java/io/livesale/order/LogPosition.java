package io.livesale.order;

/** Where a command stands in the log: its partition and its offset there, both counted from 0. */
public record LogPosition(int partition, long offset) {}
