"""The one table of everything published (公开登记): a row a statement, made from an act and never deleted."""

from __future__ import annotations

from django.db import models


class Publication(models.Model):
    """A statement to the public (公开): by which act, through which channel, in what words, from when, until when.

    A projection of acts, whatever the channel. A correction is a row of its own that points at the first; only
    `status`, and the words of what was withdrawn, ever change.
    """

    channel = models.CharField(max_length=16)
    number = models.CharField(max_length=20)
    sequence = models.PositiveIntegerField()
    about = models.CharField(max_length=24, blank=True)  # code of the agency concerned
    division = models.CharField(max_length=6)
    title_zh = models.TextField()
    title_en = models.TextField()
    body_zh = models.TextField()
    body_en = models.TextField()
    published_at = models.DateTimeField()
    until = models.DateField(null=True)  # the last day; without one it stands for good
    status = models.CharField(max_length=10)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False)
    instrument = models.CharField(max_length=80)
    article = models.CharField(max_length=80, blank=True)

    class Meta:
        """One row an act; registers read a channel, the newest first; an agency's, and a matter's."""

        constraints = (
            models.UniqueConstraint(fields=("number", "sequence"), name="published_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=("published", "corrected", "withdrawn")),
                name="a_publication_has_a_status",
            ),
        )
        indexes = (
            models.Index(fields=("channel", "-published_at"), name="publication_register"),
            models.Index(fields=("about", "-published_at"), name="publication_by_agency"),
        )

    def __str__(self) -> str:
        """Return the channel and the act."""
        return f"{self.channel} {self.number}/{self.sequence}"
