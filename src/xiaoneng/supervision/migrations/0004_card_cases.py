"""A card knows the matter in which it is answered; reminders have none and pay nothing for it."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column and its index over those that have a case."""

    dependencies = [("matters", "0005_bars"), ("supervision", "0003_fewer_indexes")]

    operations = [
        migrations.AddField(
            model_name="card",
            name="case",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="card_of",
                to="matters.matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(("case__isnull", False)), fields=("case",), name="one_card_a_case"
            ),
        ),
    ]
