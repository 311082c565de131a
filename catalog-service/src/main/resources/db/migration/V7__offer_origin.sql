-- The counties behind an offer as they stood when it opened, told to whoever reports by them. Not known of offers that
-- opened before.
ALTER TABLE offer
    ADD COLUMN county_designated         boolean,
    ADD COLUMN creator_county            text REFERENCES county,
    ADD COLUMN creator_county_designated boolean;
