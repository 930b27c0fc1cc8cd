import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0004_kinship"),
        ("supervision", "0004_card_cases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("category", models.CharField(max_length=12)),
                ("active_from", models.DateField()),
                ("active_until", models.DateField()),
                ("document", models.CharField(max_length=120)),
                ("ties", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.person"),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="organisation.post"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("active_until__gt", models.F("active_from"))),
                        name="a_mandate_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "active_from"), name="one_mandate_a_person_and_day"
                    ),
                ],
            },
        ),
    ]
