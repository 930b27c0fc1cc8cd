"""Tables of the log: entries, tiles of the tree, signed checkpoints. They point at no other package."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One sealed act: its place in the log, the caller's id of it, its hash."""

    index = models.BigIntegerField(primary_key=True)
    act = models.BigIntegerField(unique=True)
    act_hash = models.BinaryField(max_length=32)

    class Meta:
        """Holds that a log begins at 0."""

        constraints = (models.CheckConstraint(condition=Q(index__gte=0), name="entry_index_from_zero"),)

    def __str__(self) -> str:
        """Return the entry's place."""
        return f"entry {self.index}"


class Tile(models.Model):
    """Up to 256 joined hashes of the tree; only the last tile of a level is ever widened."""

    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    width = models.SmallIntegerField()
    data = models.BinaryField(max_length=8192)

    class Meta:
        """Holds that a place has one tile, of a width that there can be."""

        constraints = (
            models.UniqueConstraint(fields=("level", "n"), name="tile_place"),
            models.CheckConstraint(condition=Q(width__gte=1, width__lte=256), name="tile_width"),
        )

    def __str__(self) -> str:
        """Return the tile's place and width."""
        return f"tile {self.level}/{self.n} ({self.width})"


class Checkpoint(models.Model):
    """The log at one size, as signed; the largest is the head."""

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    sealed_at = models.DateTimeField()

    class Meta:
        """Holds that a checkpoint covers something."""

        constraints = (models.CheckConstraint(condition=Q(size__gte=1), name="checkpoint_not_empty"),)

    def __str__(self) -> str:
        """Return the log's size at this checkpoint."""
        return f"checkpoint at {self.size}"
