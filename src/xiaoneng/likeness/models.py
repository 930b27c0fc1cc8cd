"""Tables of the index: texts as they are compared and searched, and the band keys that find their like.

**No identity belongs here.** An index is read by machines without asking who may see what: whoever puts a text in
takes names, telephone numbers and whatever else is sealed out of it first (long numbers are masked here as a second
net, not as the first). Who may see which key, the caller decides.
"""

from __future__ import annotations

from django.db import models


class IndexedText(models.Model):
    """One text by the caller's kind and key; the full-text index of either database follows `tokens` by itself."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        """Holds that a key has one text of a kind."""

        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="indexed_text_once"),)

    def __str__(self) -> str:
        """Return the text's kind and key, never the text."""
        return f"{self.kind} {self.key}"


class BandKey(models.Model):
    """One band key of a text; texts with a band key in common are compared."""

    pk = models.CompositePrimaryKey("band", "text_id")
    band = models.IntegerField()
    text = models.ForeignKey(IndexedText, on_delete=models.CASCADE)

    def __str__(self) -> str:
        """Return the band key."""
        return f"band {self.band}"
