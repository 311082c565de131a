package io.livesale.order;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** The service's settings; {@code ORDER_PAYMENT_WINDOW=PT5S} sets {@code order.payment.window}. */
@ConfigMapping(prefix = "order")
public interface OrderSettings {
    Intake intake();

    Tracking tracking();

    Processing processing();

    Payment payment();

    AfterSales afterSales();

    Deadlines deadlines();

    Refunds refunds();

    Log log();

    /** Accepting orders. */
    interface Intake {
        /**
         * Orders on their way to the log at once, and as many other commands; more are refused, not queued without end.
         * Many times what a healthy log has on its way, and what the heap holds when it stalls, about 10 KB each.
         */
        @WithDefault("5000")
        @Min(1) int maxInFlight();

        /**
         * Orders read and checked at once, until they are on their way to the log; more are refused unread. More at once
         * only wait for each other, and fill a heap that has better uses. More cores take more: about a hundred each.
         */
        @WithDefault("256")
        @Min(1) int maxAtOnce();

        /** An order is small and comes in one piece; what is not whole by then is cut off, and its place somebody else's. */
        @WithDefault("PT5S")
        @DurationMin(seconds = 1)
        Duration longestBody();

        /** Those refused come back within so many seconds, each at a time of their own: not all at once again. */
        @WithDefault("PT5S")
        @DurationMin(seconds = 1)
        @DurationMax(minutes = 5)
        Duration longestPause();

        /** How long an order for an offer nobody here has heard of waits: the press may outrun the opening's news. */
        @WithDefault("PT0.5S")
        Duration unknownOfferWait();

        /** Accepted orders remembered to answer their repeats without the log; about 150 bytes each. */
        @WithDefault("50000")
        @Min(0) int rememberedOrders();

        Pace pace();

        /** Whether {@code POST /orders/no-op} answers: for benchmarks, which measure intake against doing nothing. */
        @WithDefault("false")
        boolean noOp();
    }

    /** How fast one buyer may order, pay, cancel and confirm, taken together; each replica counts for itself. */
    interface Pace {
        @WithDefault("true")
        boolean enabled();

        /** Presses at once: more than fingers manage, with the repeats that a bad network needs. */
        @WithDefault("30")
        @Min(1) int burst();

        /** Presses per second from then on; at least one, so that {@code Retry-After: 1} is always the truth. */
        @WithDefault("10")
        @Min(1) @Max(1_000_000) int perSecond();

        SellerPace sellers();
    }

    /** How fast one seller or operator may ship, deliver and refund. */
    interface SellerPace {
        /** Requests at once: most sellers' parcels of a day, told by a script in one go. */
        @WithDefault("1000")
        @Min(1) int burst();

        /** Requests per second from then on: ten thousand parcels in two minutes, and no burden to anybody else. */
        @WithDefault("100")
        @Min(1) @Max(1_000_000) int perSecond();
    }

    /** Following orders. */
    interface Tracking {
        /** Streams of updates open at once; each holds a connection and some 20 KB. */
        @WithDefault("2500")
        @Min(0) int maxStreams();

        /** Streams one user has open at once on a replica: a browser's tabs, and no more of what all share. */
        @WithDefault("8")
        @Min(1) int maxStreamsPerUser();

        /** How often a silent stream shows a sign of life; proxies commonly cut what is silent for a minute. */
        @WithDefault("PT15S")
        @DurationMin(seconds = 1)
        Duration heartbeat();

        /** A stream ends after so long: its client comes back, with a token that is still valid. */
        @WithDefault("PT30M")
        @DurationMin(seconds = 1)
        Duration longestStream();
    }

    /** Deciding orders. */
    interface Processing {
        /** Whether this replica decides; one that does not only accepts, for instance to scale the two apart. */
        @WithDefault("true")
        boolean enabled();

        /** How replicas share the log: Kafka's classic protocol, rebalancing in steps, or its newer consumer protocol. */
        @WithDefault("classic")
        GroupProtocol groupProtocol();

        /** Commands decided in one transaction; more would only lengthen a buyer's wait and take memory. */
        @WithDefault("1000")
        @Min(1) int maxBatch();

        /**
         * How long commands gather after some have come: a batch costs as much as many orders, and so does each trip to
         * the broker, and no buyer notices the difference.
         */
        @WithDefault("PT0.01S")
        Duration linger();

        /** How long a partition that goes to another replica may take to finish what is under way. */
        @WithDefault("PT5S")
        Duration handover();

        /** First pause after a failed attempt; short, for most faults are over at once. */
        @WithDefault("PT0.1S")
        Duration firstRetry();

        /** Longest pause between attempts, so that an outage's end is noticed soon. */
        @WithDefault("PT2S")
        Duration longestRetry();
    }

    /** As Kafka names them. */
    enum GroupProtocol {
        CLASSIC,
        CONSUMER
    }

    /** Getting paid. */
    interface Payment {
        /** How long a reservation waits for its payment: long enough for a bank app, short enough to resell. */
        @WithDefault("PT15M")
        @DurationMin(seconds = 1)
        Duration window();

        /** Where the payment provider's API is. */
        URI providerUrl();

        /** A provider slower than this is treated as away. */
        @WithDefault("PT5S")
        Duration providerTimeout();

        /** Standard Webhooks secrets ({@code whsec_…}); several at once while one is being rotated out. */
        List<String> webhookSecrets();
    }

    /** After the delivery. */
    interface AfterSales {
        /** How long a buyer may come back on a delivered order: seven days, as consumer law has it for distance sales. */
        @WithDefault("P7D")
        @DurationMin(seconds = 0)
        Duration window();
    }

    /** What happens to orders by itself once its time is over. */
    interface Deadlines {
        /** How often overdue orders are looked for: freed units are on sale again within a second, deciding included. */
        @WithDefault("PT0.5S")
        @DurationMin(millis = 10)
        Duration check();

        /** Overdue orders read at once; a small part of what may be on its way to the log, which payments share. */
        @WithDefault("500")
        @Min(1) int page();
    }

    /** Giving money back. */
    interface Refunds {
        /** How often refunds that are due are looked for: soon enough for a buyer who watches. */
        @WithDefault("PT1S")
        @DurationMin(millis = 10)
        Duration check();

        /** Pause after a first attempt without an answer, doubled after each; longer than an attempt takes. */
        @WithDefault("PT15S")
        @DurationMin(millis = 10)
        Duration firstRetry();

        /** Longest pause between attempts, so that a provider's return is noticed within the hour. */
        @WithDefault("PT1H")
        Duration longestRetry();
    }

    /** The command log. */
    interface Log {
        /** How long decided commands are kept: a month for whoever has to find out what happened. */
        @WithDefault("P30D")
        @DurationMin(seconds = 1)
        Duration retention();

        /** How often older ones are deleted; what an hour adds is little beside a month. */
        @WithDefault("PT1H")
        @DurationMin(seconds = 1)
        Duration trimming();
    }
}
