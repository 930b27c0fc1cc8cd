"""An absence also keeps when its person said they would be back, so that plans can reckon with it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_revision")]
    operations = [
        migrations.AddField(
            model_name="absence",
            name="expected_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
