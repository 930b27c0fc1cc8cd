"""The one authenticated endpoint: imports of a feed, in batches, exactly once (数据接入接口)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from xiaoneng.api import refusals as words
from xiaoneng.api.bodies import body_source
from xiaoneng.api.refusals import Refused, as_json, faults_as_data, spoken
from xiaoneng.flow.case import LogRefused
from xiaoneng.flow.columns.intake import Busy, KeyReused, NotWaiting, Sent
from xiaoneng.flow.columns.manner import Manner
from xiaoneng.flow.columns.store import Batch, BatchState
from xiaoneng.supervision import access
from xiaoneng.supervision.feeding import intake
from xiaoneng.supervision.feeding.actions import used
from xiaoneng.supervision.feeding.tokens import Bearer

CREATED, OK, BAD_ROWS = 201, 200, 422
LONGEST_KEY = 200
AT_ONCE = Manner(wait=False)
COUNTS = ("rows", "faults", "new", "corrected", "same", "late", "sentinels")

View = Callable[..., HttpResponse]


def for_machines(method: str) -> Callable[[View], View]:
    """Let a view be reached by one method and a token of its feed; refusals become answers. No session, no form."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def reached(request: HttpRequest, key: str, **rest: int) -> HttpResponse:
            try:
                _only(method, request)
                answer = view(request, _bearer(request, key), **rest)
            except Refused as refused:
                answer = refused.answer()
            patch_vary_headers(answer, ["Accept-Language", "Authorization"])
            return answer

        return reached

    return decorate


@for_machines("POST")
def batches(request: HttpRequest, by: Bearer) -> HttpResponse:
    """Take in an import: 201 with its counts, 200 if it was taken before, 422 with every fault if rows are bad."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > LONGEST_KEY:
        raise Refused(400, words.NO_KEY)
    sent = Sent(now=timezone.now(), by=by.name, key=key, confirm=request.GET.get("confirm") == "1")
    mapping = access.feed_mapping(by.feed)
    try:
        with body_source(request, mapping=mapping, name=key) as source:
            done = intake.take(source, mapping=mapping, sent=sent, how=AT_ONCE)
        batch = _confirmed(done.batch, sent)
    except LogRefused as refused:
        raise Refused(BAD_ROWS, words.NOTHING_READ, faults=refused.faults) from None
    except KeyReused:
        raise Refused(409, words.KEY_REUSED) from None
    except Busy:
        raise Refused(503, words.BUSY, headers={"Retry-After": "5"}) from None
    return _told(batch, status=OK if done.repeated else CREATED)


@for_machines("GET")
def batch(request: HttpRequest, by: Bearer, number: int) -> HttpResponse:
    """Tell what became of an import."""
    try:
        return as_json(_as_data(access.import_of(by.feed, number)), status=OK)
    except FileNotFoundError:
        raise Refused(404, words.NO_IMPORT) from None


def _only(method: str, request: HttpRequest) -> None:
    if request.method != method:
        raise Refused(405, words.NO_METHOD, headers={"Allow": method})


def _bearer(request: HttpRequest, feed: str) -> Bearer:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = access.bearer_of(secret.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Refused(401, words.UNKNOWN_TOKEN, headers={"WWW-Authenticate": "Bearer"})
    if found.feed != feed:
        raise Refused(403, words.OTHER_FEED)
    used(found, day=timezone.localdate())
    return found


def _confirmed(batch: Batch, sent: Sent) -> Batch:
    """Return an import, confirmed where it waits from an earlier time and this time says so."""
    if batch.state is not BatchState.WAITING or not sent.confirm:
        return batch
    try:
        return intake.confirm(batch.feed, batch.number, now=sent.now).batch
    except NotWaiting:
        return access.import_of(batch.feed, batch.number)


def _told(batch: Batch, *, status: int) -> HttpResponse:
    said = _as_data(batch)
    where = reverse("api-batch", kwargs={"key": batch.feed, "number": batch.number})
    if batch.state is BatchState.WAITING:
        status = BAD_ROWS
        said = {
            "problem": spoken(words.BAD_ROWS),
            **said,
            "confirm": f"xiaoneng feeds confirm {batch.feed} {batch.number}",
        }
    if batch.faults and batch.state is not BatchState.DROPPED:
        said["listed"] = faults_as_data(access.faults_of(batch.feed, batch.number))
    return as_json(said, status=status, headers={"Location": where})


def _as_data(batch: Batch) -> dict[str, object]:
    return {
        "feed": batch.feed,
        "number": batch.number,
        "key": batch.key,
        "state": batch.state.value,
        "state_in_words": spoken(batch.state.phrase),
        "arrived_at": batch.arrived_at,
        "settled_at": batch.settled_at,
        **{name: getattr(batch, name) for name in COUNTS},
    }
