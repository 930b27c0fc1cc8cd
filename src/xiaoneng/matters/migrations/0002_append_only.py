"""Acts are appended once: the database itself refuses to change or delete them."""

from django.db import migrations

SQLITE = (
    """CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON matters_actrecord
       BEGIN SELECT RAISE(ABORT, 'an act is recorded once and never changed'); END;""",
    """CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON matters_actrecord
       BEGIN SELECT RAISE(ABORT, 'an act is recorded once and never deleted'); END;""",
)
POSTGRESQL = (
    """CREATE FUNCTION matters_act_is_kept() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'an act is recorded once and never changed or deleted'; END $$;""",
    """CREATE TRIGGER act_is_kept BEFORE UPDATE OR DELETE ON matters_actrecord
       FOR EACH ROW EXECUTE FUNCTION matters_act_is_kept();""",
    """CREATE TRIGGER acts_are_kept BEFORE TRUNCATE ON matters_actrecord
       FOR EACH STATEMENT EXECUTE FUNCTION matters_act_is_kept();""",
)
UNDO = {
    "sqlite": ("DROP TRIGGER act_is_never_changed", "DROP TRIGGER act_is_never_deleted"),
    "postgresql": (
        "DROP TRIGGER acts_are_kept ON matters_actrecord",
        "DROP TRIGGER act_is_kept ON matters_actrecord",
        "DROP FUNCTION matters_act_is_kept()",
    ),
}


def forward(apps, schema_editor):
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
