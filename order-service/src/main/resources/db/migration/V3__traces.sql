-- The trace an order was placed in, as W3C Trace Context writes it: what happens to it later belongs there, too.
ALTER TABLE orders ADD COLUMN traceparent text;
