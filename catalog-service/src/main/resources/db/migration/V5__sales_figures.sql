-- What an offer's orders came to, as order-service last told: how many were decided, and the money, in minor units of the
-- price. Nothing was told yet of an offer without a report; of the others it is unknown until the next one.
ALTER TABLE offer
    ADD COLUMN orders     bigint CHECK (orders >= 0),
    ADD COLUMN gross      bigint CHECK (gross >= 0),
    ADD COLUMN commission bigint CHECK (commission >= 0);

UPDATE offer
SET orders = 0, gross = 0, commission = 0
WHERE sales_version = 0;
