package io.livesale.e2e.faults;

import java.util.Random;

/** Something that breaks for a while and heals. */
interface Fault {
    /** As {@code --only} and the reports call it: the kind, a colon, and what it befalls. */
    String name();

    /**
     * Breaks it, keeps it broken for as long as this fault lasts, and heals it. What was ended is brought back by whoever
     * looks after the parts, not here.
     *
     * @param random decides whatever is open
     * @return what proves that it happened
     * @throws NotProven when nothing shows that it did
     */
    String strike(Site site, Random random) throws Exception;

    /** A fault without proof is none. */
    final class NotProven extends Exception {
        private static final long serialVersionUID = 1;

        NotProven(String missing) {
            super(missing);
        }
    }
}
