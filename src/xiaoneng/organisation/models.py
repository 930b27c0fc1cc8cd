"""Tables of the organisation: divisions, agencies, posts, persons, who holds what, who is away, the calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Division(models.Model):
    """A city, county or district by its national statistical code."""

    code = models.CharField(max_length=6, primary_key=True)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    superior = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)

    def __str__(self) -> str:
        """Return the Chinese name."""
        return self.zh


class Agency(models.Model):
    """A public office (机关) of a division."""

    code = models.CharField(max_length=24, primary_key=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    short = models.CharField(max_length=40)
    division = models.ForeignKey(Division, on_delete=models.PROTECT)
    functions = models.TextField(blank=True)
    functions_en = models.TextField(blank=True)

    def __str__(self) -> str:
        """Return the Chinese name."""
        return self.zh


class Post(models.Model):
    """A post (岗位): every duty belongs to one, and it is held by persons, never owned."""

    code = models.CharField(max_length=32, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    zh = models.CharField(max_length=80)
    en = models.CharField(max_length=120)
    duty = models.CharField(max_length=16, db_index=True)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    superior = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    external = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        """Return the Chinese title."""
        return self.zh


class Person(models.Model):
    """A public servant, with a log-in or without."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="person"
    )
    name = models.CharField(max_length=60)
    romanised = models.CharField(max_length=80, blank=True)
    invented = models.BooleanField(default=False)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Incumbency(models.Model):
    """A person's hold of a post (任职), A or B, over a half-open period."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    standing = models.CharField(max_length=1)
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True, blank=True)
    qualified = models.BooleanField(default=True)
    matter = models.CharField(max_length=32, blank=True)

    class Meta:
        """One A and one B at a time; a period ends after it begins."""

        constraints = (
            models.UniqueConstraint(
                fields=("post", "standing"),
                condition=models.Q(active_until__isnull=True) & models.Q(standing__in=("A", "B")),
                name="one_open_hold_of_a_post",
            ),
            models.CheckConstraint(
                condition=models.Q(active_until__isnull=True)
                | models.Q(active_until__gt=models.F("active_from")),
                name="a_hold_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(standing__in=("A", "B", "C")), name="a_hold_is_a_b_or_appointed"
            ),
        )

    def __str__(self) -> str:
        """Return who holds what."""
        return f"{self.post_id} {self.standing} {self.person_id}"


class Absence(models.Model):
    """A projection of an absence matter: when a person is away; written only when its acts are recorded."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True, blank=True)
    expected_until = models.DateTimeField(null=True, blank=True)
    matter = models.CharField(max_length=32, unique=True)
    handed_over = models.BooleanField(default=False)

    class Meta:
        """Looked up by person and time."""

        indexes = (models.Index(fields=("person", "active_from"), name="absence_by_person"),)

    def __str__(self) -> str:
        """Return who is away under which matter."""
        return f"{self.person_id} {self.matter}"


class Kinship(models.Model):
    """Two servants who are relatives (公务员法第七十四条), as declared; read both ways."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=40, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        """A pair is declared once, in whichever order; nobody is their own relative."""

        constraints = (
            models.UniqueConstraint(fields=("person", "relative"), name="one_kinship_a_pair"),
            models.CheckConstraint(
                condition=models.Q(person__lt=models.F("relative")), name="a_pair_in_one_order"
            ),
        )

    def __str__(self) -> str:
        """Return the pair."""
        return f"{self.person_id} {self.relative_id}"


class CalendarNotice(models.Model):
    """A notice that fixes days: the State Council's for a year, or a local closure; an edition of the calendar."""

    calendar = models.CharField(max_length=12, db_index=True)
    year = models.PositiveSmallIntegerField()
    source = models.TextField()
    body = models.TextField()
    known_from = models.DateTimeField()
    correction = models.BooleanField(default=False)

    class Meta:
        """Read in the order in which they became known."""

        ordering = ("known_from", "pk")

    def __str__(self) -> str:
        """Return the calendar and year."""
        return f"{self.calendar} {self.year}"


class Revision(models.Model):
    """One row that counts every change to posts, holds, absences and notices; triggers of the database raise it.

    What is read of the organisation may be kept for as long as this number stands: no write escapes it.
    """

    value = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        """Return the count."""
        return str(self.value)


class PostKey(models.Model):
    """One person's copy of the private key of a post, locked with that person's own passphrase.

    Rows with one `public` are copies of one key. A retired key seals nothing any more and still opens what it sealed.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    public = models.CharField(max_length=64, db_index=True)
    locked = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A person has one copy of a key."""

        constraints = (
            models.UniqueConstraint(fields=("public", "person"), name="one_copy_of_a_key_a_person"),
        )

    def __str__(self) -> str:
        """Return whose copy of which key."""
        return f"{self.post_id} {self.person_id} {self.public[:8]}"
