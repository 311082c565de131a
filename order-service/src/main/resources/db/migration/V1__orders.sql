-- How far each partition of the command log is decided. Locked first by whoever decides: the fence against zombies.
CREATE TABLE partition_progress (
    partition   integer PRIMARY KEY,
    next_offset bigint NOT NULL CHECK (next_offset >= 0)
);

CREATE TABLE offer (
    offer_id  uuid PRIMARY KEY,
    seller_id text,
    allotment integer,
    terms     jsonb NOT NULL,
    status    text NOT NULL CHECK (status IN ('OPEN', 'CLOSED')),
    reserved  bigint NOT NULL CHECK (reserved >= 0),
    sold      bigint NOT NULL CHECK (sold >= 0),
    version   bigint NOT NULL,
    -- Promise I3, held here too: nobody is ever sold what is not there.
    CHECK (reserved + sold <= allotment)
);

CREATE TABLE orders (
    order_id       uuid PRIMARY KEY,
    offer_id       uuid NOT NULL,
    buyer_id       text NOT NULL,
    quantity       integer NOT NULL CHECK (quantity > 0),
    status         text NOT NULL,
    reason         text,
    total_amount   bigint,
    total_currency text,
    accepted_at    timestamptz NOT NULL,
    pay_by         timestamptz,
    payment_id     uuid,
    ship_to        jsonb,
    shipment       jsonb,
    complete_at    timestamptz,
    refunds        jsonb,
    sequence       integer NOT NULL,
    -- The timeline after the outcome; what came before follows from the columns above.
    later_entries  jsonb
);

-- A buyer's orders of a status, newest first.
CREATE INDEX orders_by_buyer ON orders (buyer_id, status, accepted_at);
-- An offer's orders of a status, for its seller. Of a hot sale most are rejected, and there is nothing to do about those.
CREATE INDEX orders_by_offer ON orders (offer_id, status, accepted_at) WHERE status <> 'REJECTED';
-- What is due: each holds only what still waits.
CREATE INDEX orders_to_expire ON orders (pay_by) WHERE status = 'RESERVED';
CREATE INDEX orders_to_complete ON orders (complete_at) WHERE status = 'DELIVERED';

-- Units a buyer holds at an offer with a limit, unpaid ones included.
CREATE TABLE buyer_units (
    offer_id uuid NOT NULL,
    buyer_id text NOT NULL,
    units    integer NOT NULL CHECK (units >= 0),
    PRIMARY KEY (offer_id, buyer_id)
);

-- Money that the payment provider is to give back, and how far that is.
CREATE TABLE refund (
    -- Which of an order's refunds is the older one.
    number          bigint GENERATED ALWAYS AS IDENTITY,
    order_id        uuid NOT NULL,
    refund_id       text NOT NULL,
    payment_id      uuid NOT NULL,
    amount          bigint NOT NULL CHECK (amount > 0),
    currency        text NOT NULL,
    status          text NOT NULL CHECK (status IN ('REQUESTED', 'ACCEPTED', 'SUCCEEDED', 'FAILED')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    -- The provider's notice that told how it ended; the same notice again is no news of another refund.
    notice_id       text,
    PRIMARY KEY (order_id, refund_id)
);
CREATE INDEX refund_to_request ON refund (next_attempt_at) WHERE status = 'REQUESTED';

-- Every batch's events as they were sent, packed by us: a replayed command re-sends the same bytes.
CREATE TABLE event_batch (
    partition    integer NOT NULL,
    first_offset bigint NOT NULL,
    end_offset   bigint NOT NULL,
    events       bytea STORAGE EXTERNAL NOT NULL,
    PRIMARY KEY (partition, end_offset)
);

GRANT SELECT, INSERT, UPDATE ON partition_progress, offer, orders, buyer_units, refund TO "${runtime_role}";
GRANT SELECT, INSERT, DELETE ON event_batch TO "${runtime_role}";
