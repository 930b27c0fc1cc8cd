"""One number that rises with every change to the organisation, whoever makes it and by whatever way."""

from django.db import migrations, models

WATCHED = ("post", "incumbency", "absence", "calendarnotice", "person", "agency")
DEEDS = ("INSERT", "UPDATE", "DELETE")
# The step is random: a number that was reached and rolled back is not reached again with other content.
STEPS = {"sqlite": "abs(random() % 1000000007) + 1", "postgresql": "floor(random() * 1000000007)::bigint + 1"}


def _raise(vendor):
    return f"UPDATE organisation_revision SET value = value + {STEPS[vendor]}"


def forward(apps, schema_editor):
    schema_editor.execute("INSERT INTO organisation_revision (id, value) VALUES (1, 1)")
    if schema_editor.connection.vendor == "sqlite":
        for table in WATCHED:
            for deed in DEEDS:
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_{deed.lower()}_counts AFTER {deed} ON organisation_{table} "
                    f"BEGIN {_raise('sqlite')}; END;"
                )
        return
    schema_editor.execute(
        "CREATE FUNCTION organisation_counts() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_raise('postgresql')}; RETURN NULL; END $$;"
    )
    for table in WATCHED:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_counts AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE "
            f"ON organisation_{table} FOR EACH STATEMENT EXECUTE FUNCTION organisation_counts();"
        )


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in WATCHED:
            for deed in DEEDS:
                schema_editor.execute(f"DROP TRIGGER {table}_{deed.lower()}_counts")
        return
    for table in WATCHED:
        schema_editor.execute(f"DROP TRIGGER {table}_counts ON organisation_{table}")
    schema_editor.execute("DROP FUNCTION organisation_counts()")


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BigIntegerField(default=1)),
            ],
        ),
        migrations.RunPython(forward, backward),
    ]
