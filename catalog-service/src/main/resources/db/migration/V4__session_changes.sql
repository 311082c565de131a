-- Whoever shows a session to viewers is told, by its id, that something changed in it; what it is now they read. Equal
-- notices of one transaction arrive as one. Transactions that notify commit one after the other, which is no matter
-- here: creators are few, and sales figures are written by the batch.
CREATE FUNCTION tell_session_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'offer' THEN
        PERFORM pg_notify('session_changes', NEW.session_id::text);
    ELSE
        PERFORM pg_notify('session_changes', NEW.id::text);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER tell_change
AFTER UPDATE ON live_session
FOR EACH ROW
WHEN (OLD.* IS DISTINCT FROM NEW.*)
EXECUTE FUNCTION tell_session_changed();

-- Every payment changes figures that no viewer is shown: nobody is told of these. They are named, not what viewers see,
-- because a notice too many costs a reading and one too few an offer that stands still. Some come with V5.
CREATE TRIGGER tell_change
AFTER UPDATE ON offer
FOR EACH ROW
WHEN (
    (to_jsonb(OLD) - '{sales_version,reserved,sold,given_back,orders,gross,commission}'::text[])
    IS DISTINCT FROM
    (to_jsonb(NEW) - '{sales_version,reserved,sold,given_back,orders,gross,commission}'::text[])
)
EXECUTE FUNCTION tell_session_changed();

CREATE TRIGGER tell_new
AFTER INSERT ON offer
FOR EACH ROW
EXECUTE FUNCTION tell_session_changed();
