-- The trace of the request that an event tells of, as W3C Trace Context writes it.
ALTER TABLE outbox ADD COLUMN traceparent TEXT;
