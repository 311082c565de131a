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
    sequence       integer NOT NULL,
    timeline       jsonb NOT NULL
);

-- Units a buyer holds at an offer with a limit, unpaid ones included.
CREATE TABLE buyer_units (
    offer_id uuid NOT NULL,
    buyer_id text NOT NULL,
    units    integer NOT NULL CHECK (units >= 0),
    PRIMARY KEY (offer_id, buyer_id)
);

-- Every event with the command that caused it, as it was sent: a replayed command re-sends the same bytes.
CREATE TABLE order_event (
    command_partition integer NOT NULL,
    command_offset    bigint NOT NULL,
    ordinal           integer NOT NULL,
    topic             text NOT NULL,
    event_key         text NOT NULL,
    event_id          text NOT NULL,
    event_type        text NOT NULL,
    event_time        timestamptz NOT NULL,
    data              bytea NOT NULL,
    PRIMARY KEY (command_partition, command_offset, ordinal)
);

GRANT SELECT, INSERT, UPDATE ON partition_progress, offer, orders, buyer_units TO "${runtime_role}";
GRANT SELECT, INSERT ON order_event TO "${runtime_role}";
