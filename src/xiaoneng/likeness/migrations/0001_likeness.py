"""The index of texts: its two tables, and the full-text index of the database that is there.

Both full-text indexes follow `tokens` by themselves, so that a row deleted in whatever way is found no more. Both
take the tokens as they are: neither database's own notion of a word, a stem or a stop word has a say.
"""

import django.db.models.deletion
from django.db import migrations, models

# Clustered by band: on SQLite a table without row ids is its own index, half the size.
SQLITE = (
    "DROP TABLE likeness_bandkey",
    """CREATE TABLE likeness_bandkey (band integer NOT NULL,
       text_id bigint NOT NULL REFERENCES likeness_indexedtext (id) DEFERRABLE INITIALLY DEFERRED,
       PRIMARY KEY (band, text_id)) WITHOUT ROWID""",
    """CREATE VIRTUAL TABLE likeness_search USING fts5(
       tokens, content='likeness_indexedtext', content_rowid='id', tokenize='ascii')""",
    """CREATE TRIGGER likeness_text_put AFTER INSERT ON likeness_indexedtext BEGIN
       INSERT INTO likeness_search (rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER likeness_text_removed AFTER DELETE ON likeness_indexedtext BEGIN
       INSERT INTO likeness_search (likeness_search, rowid, tokens) VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER likeness_text_changed AFTER UPDATE ON likeness_indexedtext BEGIN
       INSERT INTO likeness_search (likeness_search, rowid, tokens) VALUES ('delete', old.id, old.tokens);
       INSERT INTO likeness_search (rowid, tokens) VALUES (new.id, new.tokens); END""",
)
# Positions end at 16,383 in a tsvector; what stands later is found, but not as part of a phrase.
POSTGRESQL = (
    """CREATE FUNCTION likeness_vector(tokens text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
       SELECT coalesce(string_agg(quote_literal(one) || ':' || least(place, 16383), ' '), '')::tsvector
       FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS each(one, place) WHERE one <> '' $$""",
    """ALTER TABLE likeness_indexedtext ADD COLUMN search tsvector
       GENERATED ALWAYS AS (likeness_vector(tokens)) STORED""",
    "CREATE INDEX likeness_search ON likeness_indexedtext USING gin (search) WITH (fastupdate = off)",
)
UNDO = {
    "sqlite": (
        "DROP TRIGGER likeness_text_put",
        "DROP TRIGGER likeness_text_removed",
        "DROP TRIGGER likeness_text_changed",
        "DROP TABLE likeness_search",
    ),
    "postgresql": (
        "DROP INDEX likeness_search",
        "ALTER TABLE likeness_indexedtext DROP COLUMN search",
        "DROP FUNCTION likeness_vector(text)",
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
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="indexed_text_once")],
            },
        ),
        migrations.CreateModel(
            name="BandKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "band", "text_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("band", models.IntegerField()),
                (
                    "text",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="likeness.indexedtext"),
                ),
            ],
        ),
        migrations.RunPython(forward, backward),
    ]
