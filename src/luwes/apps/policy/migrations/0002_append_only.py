"""What was read and enacted cannot be exchanged afterwards, and the feed can only grow."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION policy_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'enacted text and the feed are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER policy_rulebook_bytes_stay BEFORE UPDATE OF body, sha256, instrument_id, version
    ON policy_rulebookversion FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
CREATE TRIGGER policy_rulebook_stays BEFORE DELETE ON policy_rulebookversion
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
CREATE TRIGGER policy_enactment_bytes_stay BEFORE UPDATE OF sha256, version_id, enacted_by, recorded_at
    ON policy_enactment FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
CREATE TRIGGER policy_enactment_stays BEFORE DELETE ON policy_enactment
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
CREATE TRIGGER policy_change_append_only BEFORE UPDATE OR DELETE ON policy_policychange
    FOR EACH ROW EXECUTE FUNCTION policy_refuse_change();
"""

BACKWARD = """
DROP TRIGGER policy_change_append_only ON policy_policychange;
DROP TRIGGER policy_enactment_stays ON policy_enactment;
DROP TRIGGER policy_enactment_bytes_stay ON policy_enactment;
DROP TRIGGER policy_rulebook_stays ON policy_rulebookversion;
DROP TRIGGER policy_rulebook_bytes_stay ON policy_rulebookversion;
DROP FUNCTION policy_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
