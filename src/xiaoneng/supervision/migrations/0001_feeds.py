import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("agency_zh", models.TextField()),
                ("agency_en", models.TextField()),
                ("mapping", models.TextField()),
                ("zone", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="FeedImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("imported_at", models.DateTimeField()),
                ("cases", models.PositiveIntegerField()),
                ("rows", models.PositiveBigIntegerField()),
                ("created", models.PositiveIntegerField()),
                ("changed", models.PositiveIntegerField()),
                (
                    "feed",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="supervision.feed"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FeedCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                ("channel", models.TextField(blank=True)),
                ("department", models.TextField(blank=True)),
                ("person", models.TextField(blank=True)),
                ("events", models.PositiveIntegerField()),
                ("first_event_at", models.DateTimeField(null=True)),
                ("last_event_at", models.DateTimeField(null=True)),
                ("odd_clock", models.BooleanField()),
                ("line", models.PositiveBigIntegerField()),
                ("fingerprint", models.CharField(max_length=32)),
                (
                    "feed",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="supervision.feed"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("feed", "key"), name="a_case_once_a_feed")],
            },
        ),
    ]
