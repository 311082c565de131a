/**
 * Fault runs: the real processes under seeded traffic while things break, and afterwards promises I1 to I7, held against
 * what clients were told and against plain models that replay the topics.
 */
@NullMarked
package io.livesale.e2e.faults;

import org.jspecify.annotations.NullMarked;
