-- A report names the sessions of its days and then has all that they sold, whenever it was paid.
CREATE INDEX sale_by_session ON sale (session_id);

-- The verification walks through what was refunded, by order.
CREATE INDEX order_standing_refunded ON order_standing (order_id) WHERE refunded <> 0;
