"""Reads of what comes in: feeds, fingerprints of cases, tokens."""

from __future__ import annotations

from collections.abc import Collection

from xiaoneng.law.phrase import Phrase
from xiaoneng.supervision.feeding.tokens import Bearer, TokenLine
from xiaoneng.supervision.models import Feed, FeedCase, FeedImport, FeedToken


def feed_names() -> dict[str, Phrase]:
    """Return the agency of every feed by the feed's key, whether or not anything of it was taken."""
    rows = Feed.objects.order_by("key").values_list("key", "agency_zh", "agency_en")
    return {key: Phrase(zh, en) for key, zh, en in rows}


def prints_of(feed: str, keys: Collection[str]) -> dict[str, str]:
    """Return the fingerprints of these cases of a feed, by key."""
    return dict(FeedCase.objects.filter(feed_id=feed, key__in=keys).values_list("key", "fingerprint"))


def was_shown(feed: str, batch: int) -> bool:
    """Tell whether an import of columns has reached the board."""
    return FeedImport.objects.filter(feed_id=feed, batch=batch).exists()


def bearer(digest: str) -> Bearer | None:
    """Return who shows the token with this SHA-256; None where there is none or it is revoked."""
    row = FeedToken.objects.filter(digest=digest, revoked_at__isnull=True).first()
    return Bearer(token=row.pk, feed=row.feed_id, name=row.name) if row else None


def tokens(feed: str) -> list[TokenLine]:
    """Return the tokens of a feed, revoked ones too, the newest first."""
    rows = FeedToken.objects.filter(feed_id=feed).order_by("-created_at", "-pk")
    return [
        TokenLine(
            name=row.name,
            created_at=row.created_at,
            last_used_on=row.last_used_on,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
