"""Tables of supervision: what agencies' systems tell."""

from __future__ import annotations

from django.db import models


class Feed(models.Model):
    """An agency's own system whose logs are taken in (数据来源), with the mapping that reads them."""

    key = models.CharField(max_length=80, primary_key=True)
    agency_zh = models.TextField()
    agency_en = models.TextField()
    mapping = models.TextField()
    zone = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the agency's Chinese name."""
        return self.agency_zh


class FeedImport(models.Model):
    """A file that was taken in whole, and what it changed."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    rows = models.PositiveBigIntegerField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class FeedCase(models.Model):
    """A case of an agency's own system as its newest file tells it; times in UTC, lights never stored."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    key = models.TextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    channel = models.TextField(blank=True)
    department = models.TextField(blank=True)
    person = models.TextField(blank=True)
    events = models.PositiveIntegerField()
    first_event_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField(null=True)
    odd_clock = models.BooleanField()
    line = models.PositiveBigIntegerField()
    fingerprint = models.CharField(max_length=32)

    class Meta:
        """One row a case."""

        constraints = (models.UniqueConstraint(fields=("feed", "key"), name="a_case_once_a_feed"),)

    def __str__(self) -> str:
        """Return the agency's number of the case."""
        return self.key
