-- It was never anything but PENDING: where a sale's money is, its order's standing tells.
ALTER TABLE sale DROP COLUMN state;
