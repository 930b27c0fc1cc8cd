"""Tables of the catalogue: items and their editions; an edition is never changed, a new one follows it."""

from __future__ import annotations

from django.db import models


class Item(models.Model):
    """A service item (政务服务事项) of an agency."""

    code = models.CharField(max_length=40, primary_key=True)
    agency = models.CharField(max_length=24, db_index=True)
    division = models.CharField(max_length=6, db_index=True)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300)
    theme = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=2, default="01")

    def __str__(self) -> str:
        """Return the Chinese name."""
        return self.zh


class Edition(models.Model):
    """One edition of an item's facts, from a day until the next."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT)
    edition = models.PositiveIntegerField()
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)
    statutory_count = models.PositiveIntegerField()
    statutory_unit = models.CharField(max_length=16)
    basis_instrument = models.CharField(max_length=120)
    basis_article = models.CharField(max_length=60, blank=True)
    basis_certainty = models.CharField(max_length=12, default="read")
    promised_count = models.PositiveIntegerField(null=True, blank=True)
    promised_unit = models.CharField(max_length=16, blank=True)
    extension_count = models.PositiveIntegerField(null=True, blank=True)
    extension_unit = models.CharField(max_length=16, blank=True)
    extension_instrument = models.CharField(max_length=120, blank=True)
    extension_article = models.CharField(max_length=60, blank=True)
    traits = models.CharField(max_length=120, blank=True)
    special_zh = models.TextField(blank=True)
    special_en = models.TextField(blank=True)
    conditions_zh = models.TextField(blank=True)
    conditions_en = models.TextField(blank=True)
    fee_zh = models.CharField(max_length=200, blank=True)
    fee_en = models.CharField(max_length=200, blank=True)
    result_zh = models.CharField(max_length=200, blank=True)
    result_en = models.CharField(max_length=200, blank=True)
    place_zh = models.CharField(max_length=200, blank=True)
    place_en = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    major_interest = models.BooleanField(default=False)
    counted = models.CharField(max_length=12, blank=True)  # how the statute's number was read as a unit
    note_zh = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    promise_is_default = models.BooleanField(default=False)

    class Meta:
        """One edition a number; one without an end."""

        constraints = (
            models.UniqueConstraint(fields=("item", "edition"), name="one_row_an_edition"),
            models.UniqueConstraint(
                fields=("item",), condition=models.Q(active_until__isnull=True), name="one_edition_in_force"
            ),
        )

    def __str__(self) -> str:
        """Return the item and edition."""
        return f"{self.item_id}/{self.edition}"


class MaterialRow(models.Model):
    """One material of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="materials")
    place = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300)
    required = models.BooleanField(default=True)
    conditional = models.BooleanField(default=False)
    copies = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        """Shown in order; one row a key."""

        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("edition", "key"), name="one_material_a_key"),)

    def __str__(self) -> str:
        """Return the Chinese name."""
        return self.zh


class Parameter(models.Model):
    """A dated, configurable number with its legal basis or, failing one, the word that it is a default."""

    key = models.CharField(max_length=60)
    division = models.CharField(max_length=6, blank=True)
    value = models.IntegerField()
    unit = models.CharField(max_length=16, blank=True)
    basis_instrument = models.CharField(max_length=120)
    basis_article = models.CharField(max_length=60, blank=True)
    certainty = models.CharField(max_length=12)
    active_from = models.DateField()
    active_until = models.DateField(null=True, blank=True)

    class Meta:
        """One value at a time for a key and division."""

        constraints = (
            models.UniqueConstraint(fields=("key", "division", "active_from"), name="one_value_a_day"),
        )

    def __str__(self) -> str:
        """Return the key and value."""
        return f"{self.key} = {self.value} {self.unit}"
