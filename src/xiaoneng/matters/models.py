"""Tables of the kernel. The acts are the truth; a matter's row is a projection of them, rebuilt at will."""

from __future__ import annotations

from django.db import models


class Matter(models.Model):
    """What lists and lights need of a matter (办件): rewritten with every act, never by hand."""

    number = models.CharField(max_length=20, unique=True)
    procedure = models.CharField(max_length=24)
    edition = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=40, blank=True, db_index=True)
    item_edition = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=200)
    agency = models.CharField(max_length=24)
    division = models.CharField(max_length=6)
    calendar = models.CharField(max_length=12)
    stage = models.CharField(max_length=32)
    owner_post = models.CharField(max_length=32, blank=True)
    is_open = models.BooleanField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    acts_seen = models.PositiveIntegerField()
    last_hash = models.BinaryField(max_length=32)
    last_verb = models.CharField(max_length=32)
    last_at = models.DateTimeField()
    last_person = models.BigIntegerField(default=0)
    code_digest = models.BinaryField(max_length=32, default=b"")
    clock = models.CharField(max_length=20, blank=True)
    axis = models.CharField(max_length=1, blank=True)
    statutory = models.IntegerField(
        null=True
    )  # an ordinal on the axis of its calendar; a date only when shown
    promised = models.IntegerField(null=True)
    paused = models.BooleanField(default=False)
    closed_late = models.BooleanField(null=True)  # of a closed matter, as known when it closed
    handled_days = models.IntegerField(null=True)  # working days, without suspensions
    promised_days = models.IntegerField(null=True)

    class Meta:
        """What the projection must keep, and the orders in which lists read it."""

        constraints = (
            models.CheckConstraint(condition=models.Q(acts_seen__gte=1), name="matter_has_an_act"),
            models.CheckConstraint(
                condition=models.Q(is_open=True) | models.Q(closed_at__isnull=False),
                name="a_closed_matter_has_its_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("owner_post", "axis", "promised"),
                condition=models.Q(is_open=True),
                name="matter_inbox",
            ),
            models.Index(fields=("agency", "is_open", "statutory"), name="matter_by_agency"),
            models.Index(fields=("division", "is_open"), name="matter_by_division"),
            models.Index(fields=("agency", "closed_at"), name="matter_by_closing"),
        )

    def __str__(self) -> str:
        """Return the number printed on every paper of the matter."""
        return self.number


class ActRecord(models.Model):
    """One act as recorded: appended once; the database refuses to change or delete it."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, db_index=False)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=32)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.BigIntegerField(default=0)
    post = models.CharField(max_length=32, blank=True)
    standing = models.CharField(max_length=8)
    actor = models.TextField()  # the whole capacity, names included, as canonical JSON
    body = models.TextField()
    salt = models.BinaryField(max_length=16)
    personal_commitment = models.BinaryField(max_length=32, null=True)
    paper_hash = models.BinaryField(max_length=32, null=True)
    promised_on = models.CharField(max_length=10, blank=True)  # the date told with this act, as then known
    previous_hash = models.BinaryField(max_length=32)
    act_hash = models.BinaryField(max_length=32, unique=True)
    signature = models.BinaryField(max_length=64)
    previous_verb = models.CharField(max_length=32, blank=True)
    previous_at = models.DateTimeField(null=True)
    previous_person = models.BigIntegerField(default=0)

    class Meta:
        """One act a place; read in order."""

        constraints = (models.UniqueConstraint(fields=("matter", "sequence"), name="one_act_a_place"),)
        indexes = (models.Index(fields=("person", "matter"), name="act_by_person"),)

    def __str__(self) -> str:
        """Return the matter's key, the place and the verb."""
        return f"{self.matter_id}/{self.sequence} {self.verb}"


class Particulars(models.Model):
    """Personal facts of an act, kept apart so that they can lawfully be erased; their salted hash stays."""

    act = models.OneToOneField(ActRecord, on_delete=models.PROTECT, primary_key=True)
    salt = models.BinaryField(max_length=16)
    body = models.TextField()

    def __str__(self) -> str:
        """Return the act, never what is in it."""
        return f"particulars of act {self.act_id}"


class Unsealed(models.Model):
    """An act that waits for its place in the log: a queue, emptied by the sealing worker."""

    act = models.OneToOneField(ActRecord, on_delete=models.PROTECT, primary_key=True)
    act_hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        """Return the act."""
        return str(self.act_id)


class Bar(models.Model):
    """A mark of somebody to whom a matter is closed (利益冲突): a projection of its acts, for lists to leave out.

    What a mark is, and when two meet, is told by `matters.conflict`.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, db_index=False)
    mark = models.CharField(max_length=40)

    class Meta:
        """One row a mark of a matter; found by mark, as lists ask, and by matter."""

        constraints = (models.UniqueConstraint(fields=("mark", "matter"), name="barred_once"),)
        indexes = (models.Index(fields=("matter",), name="bars_of_a_matter"),)

    def __str__(self) -> str:
        """Return the matter and the mark."""
        return f"{self.matter_id} {self.mark}"


class Alarm(models.Model):
    """When a clock of a matter next wants a look: narrow rows, the only table the sweep reads."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, db_index=False)
    clock = models.CharField(max_length=20)
    run = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=10)
    calendar = models.CharField(max_length=12)
    axis = models.CharField(max_length=1)
    at = models.IntegerField()

    class Meta:
        """One row a rung of a run; found by rung, axis and place on it: the few of another calendar are passed over."""

        constraints = (
            models.UniqueConstraint(fields=("matter", "clock", "run", "rung"), name="one_alarm_a_rung"),
        )
        indexes = (models.Index(fields=("rung", "axis", "at"), name="alarm_queue"),)

    def __str__(self) -> str:
        """Return what waits, for logs."""
        return f"{self.matter_id} {self.clock} {self.rung} at {self.axis}{self.at}"


class Notice(models.Model):
    """What somebody must be told (外发箱): written with the act, sent by a worker, exactly once by its key."""

    key = models.CharField(max_length=80)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, db_index=False)
    sequence = models.PositiveIntegerField(default=0)
    recipient = models.CharField(
        max_length=40
    )  # "applicant" or a post's code; addresses are looked up on sending
    kind = models.CharField(max_length=32)
    zh = models.TextField()
    en = models.TextField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # not before; at once where it is empty
    sent_at = models.DateTimeField(null=True)
    via = models.CharField(
        max_length=8, blank=True, default="", db_default=""
    )  # "mail", or "page": read where it is shown
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """One a key; the worker reads what is unsent, in order. Nothing else is looked for, so nothing else is indexed."""

        constraints = (models.UniqueConstraint(fields=("key",), name="a_notice_once"),)
        indexes = (
            models.Index(
                fields=("created_at", "id"), condition=models.Q(sent_at__isnull=True), name="notice_unsent"
            ),
        )

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class Serial(models.Model):
    """The last serial given to a procedure in a year."""

    prefix = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a prefix and year."""

        constraints = (models.UniqueConstraint(fields=("prefix", "year"), name="one_serial_a_year"),)

    def __str__(self) -> str:
        """Return prefix, year and the last serial."""
        return f"{self.prefix}{self.year} {self.last}"


class Attachment(models.Model):
    """A file of a matter, a photograph of a visit for one; an act names its hash, so it is the one that was meant."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT)
    sequence = models.PositiveIntegerField()
    material = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="matters/%Y/%m/")

    class Meta:
        """A file is kept once a matter."""

        constraints = (models.UniqueConstraint(fields=("matter", "sha256"), name="one_file_a_matter"),)

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name
