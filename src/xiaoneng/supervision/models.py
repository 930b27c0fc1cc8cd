"""Tables of supervision: cards raised, matters put off, days walked, and what agencies' own systems tell."""

from __future__ import annotations

from django.db import models


class Card(models.Model):
    """A reminder, yellow or red card (提醒、黄牌、红牌), raised once for ever, with what the record then showed.

    What becomes of a yellow or red one (answer, contest, withdrawal) is told by the acts of its case, a matter of its
    own, not by columns here; a reminder has none.
    """

    number = models.CharField(max_length=20)
    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(
        "matters.Matter", on_delete=models.PROTECT, null=True, db_index=False, related_name="card_of"
    )
    key = models.CharField(max_length=120)
    level = models.CharField(max_length=8)
    cause = models.CharField(max_length=12)
    rule = models.CharField(max_length=24)
    clock = models.CharField(max_length=20, blank=True)
    run = models.PositiveSmallIntegerField(default=0)
    rung = models.CharField(max_length=10, blank=True)
    rule_set = models.CharField(max_length=24)
    rule_set_edition = models.PositiveSmallIntegerField()
    instrument = models.CharField(max_length=80)
    article = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    raised_at = models.DateTimeField()
    told = models.BooleanField()
    agency = models.CharField(max_length=24)
    division = models.CharField(max_length=6)
    post = models.CharField(max_length=32, blank=True)
    person = models.BigIntegerField(default=0)
    person_name = models.CharField(max_length=60, blank=True)
    acting_for_name = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=32, blank=True)
    promised_on = models.DateField(null=True)
    statutory_on = models.DateField(null=True)
    sequences = models.CharField(max_length=120, blank=True)  # places in the record, with commas between
    zh = models.TextField()
    en = models.TextField()

    class Meta:
        """Nothing is raised twice; lists read the newest of all, of an agency or of a post.

        `raised_once` also finds the cards of a matter.
        """

        constraints = (
            models.UniqueConstraint(fields=("number",), name="one_card_a_number"),
            models.UniqueConstraint(fields=("matter", "key"), name="raised_once"),
            models.UniqueConstraint(
                fields=("case",), condition=models.Q(case__isnull=False), name="one_card_a_case"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=("reminder", "yellow", "red")), name="a_card_has_a_level"
            ),
        )
        indexes = (
            models.Index(fields=("agency", "level", "-raised_at"), name="card_by_agency"),
            models.Index(fields=("post", "-raised_at"), name="card_by_post"),
            models.Index(fields=("-raised_at",), name="card_by_time"),
        )

    def __str__(self) -> str:
        """Return the number printed on the card."""
        return self.number


class PutOff(models.Model):
    """A matter that could not be judged: the sweep passes it over until the hour, so that it stops no other."""

    matter = models.OneToOneField("matters.Matter", on_delete=models.CASCADE, primary_key=True)
    until = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        """Return the matter and until when."""
        return f"{self.matter_id} until {self.until:%Y-%m-%d %H:%M}"


class Walk(models.Model):
    """A day whose acts were all looked at for breaches that no clock announces; kept, for who watches the watch."""

    day = models.DateField(unique=True)
    walked_at = models.DateTimeField()
    looked = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()


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
    """A file that was taken in, and what it changed; `batch` is its number among the feed's columns, if it has one."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    batch = models.PositiveIntegerField(null=True)
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    rows = models.PositiveBigIntegerField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()

    class Meta:
        """An import of columns reaches the board once."""

        constraints = (models.UniqueConstraint(fields=("feed", "batch"), name="a_batch_once_a_feed"),)

    def __str__(self) -> str:
        """Return the file's name."""
        return self.file_name


class FeedToken(models.Model):
    """What a sender shows to hand in imports of one feed; only its SHA-256 is kept, so that nobody can read it here."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """A name is used by one token of a feed at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("feed", "name"),
                condition=models.Q(revoked_at__isnull=True),
                name="a_token_name_once_a_feed",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


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


class Mandate(models.Model):
    """An inspector's mandate (督察员聘任): of which category, from when until when, by which document.

    The days are half-open: the last one is the day before `active_until`. `post` is the inspector's own, which they
    hold for as long as the mandate runs, so that it expires by itself; `ties` are codes of agencies to stay away from.
    """

    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT)
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT)
    category = models.CharField(max_length=12)
    active_from = models.DateField()
    active_until = models.DateField()
    document = models.CharField(max_length=120)
    ties = models.TextField(blank=True)

    class Meta:
        """A mandate ends after it begins; nobody is appointed twice on one day."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(active_until__gt=models.F("active_from")),
                name="a_mandate_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=("person", "active_from"), name="one_mandate_a_person_and_day"),
        )

    def __str__(self) -> str:
        """Return who, as what, until when."""
        return f"{self.person_id} {self.category} until {self.active_until}"
