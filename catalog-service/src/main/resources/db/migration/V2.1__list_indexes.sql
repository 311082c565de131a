-- Lists are read newest first, of one status, creator, seller or county; ids sort by the time they were made.
CREATE INDEX live_session_of_creator ON live_session (creator_id, id);
CREATE INDEX offer_by_status ON offer (status, id);
CREATE INDEX offer_of_creator ON offer (creator_id, id);
CREATE INDEX offer_of_seller ON offer (seller_id, id);
CREATE INDEX offer_of_county ON offer (county, id);
