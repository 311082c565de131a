package io.livesale.order.intake;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.IntSupplier;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.impl.transports.EpollTransport;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Linux's event queue, of which an event loop takes a few sockets at a time and then goes on with what it has begun. By
 * default it takes all that are ready: with a crowd at the door thousands, each order waits for all of them at each of its
 * steps, and lies on the heap meanwhile. Here the crowd waits in its sockets, and the loop knows for how long it has not
 * got to the end of them: a queue that does not empty tells an overload from a burst, as in CoDel (RFC 8289).
 */
public final class ShortTurns extends EpollTransport {
    static final int MOST_SOCKETS = 64;

    private static final FastThreadLocal<@Nullable Turns> TURNS = new FastThreadLocal<>();

    @Override
    @SuppressWarnings("deprecation") // There is no other way to say how many.
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        EpollEventLoopGroup group = new EpollEventLoopGroup(threads, factory, MOST_SOCKETS, Turns::new);
        group.setIoRatio(ioRatio);
        return group;
    }

    /** For how long this event loop has had more to do than one turn takes; none on another thread or transport. */
    static Duration behind() {
        Turns turns = TURNS.get();
        return turns == null ? Duration.ZERO : turns.behind();
    }

    /** One event loop's. */
    private static final class Turns implements SelectStrategy {
        private boolean isKnown;
        private boolean isBehind;
        private long since;

        /** Asks at once what is ready, so that it knows how much, and waits only if nothing is. */
        @Override
        public int calculateStrategy(IntSupplier select, boolean hasTasks) throws Exception {
            if (!isKnown) {
                TURNS.set(this);
                isKnown = true;
            }
            int ready = select.get();
            if (ready < MOST_SOCKETS) {
                isBehind = false;
            } else if (!isBehind) {
                isBehind = true;
                since = System.nanoTime();
            }
            return hasTasks || ready > 0 ? ready : SELECT;
        }

        private Duration behind() {
            return isBehind ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
        }
    }
}
