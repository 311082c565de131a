-- The seller's own name for a product: what a repeated import knows it by.
ALTER TABLE product ADD COLUMN sku text CHECK (sku ~ '^[!-~]{1,64}$');

CREATE UNIQUE INDEX product_by_sku ON product (seller_id, sku);
CREATE INDEX product_of_county ON product (county, id);

-- What its seller says of a product may change; whose it is may not.
GRANT UPDATE (sku, title, description, image_url, county, list_price, currency, commission_basis_points,
              settlement_profile) ON product TO "${runtime_role}";
