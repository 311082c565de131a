-- What viewers see of the product, kept with its title: they come by the thousand and read offers, never products.
ALTER TABLE offer ADD COLUMN image_url text;

UPDATE offer SET image_url = product.image_url
FROM product
WHERE product.id = offer.product_id;
