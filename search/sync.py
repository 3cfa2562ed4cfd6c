"""The change log for those who keep a copy: what is new, changed and gone since they last asked."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .addresses import api_path
from .changes import current
from .documents import moment
from .models import Change, Entry
from .things import BASE_MARK
from .types import declared

State = dict[str, Any]
UNREAD = ("summary", "text", "found_by", "card", "document")


def changes_since(token: str, *, limit: int) -> dict[str, Any] | None:
    """Changes after a token, at most `limit` lines of the log; None when the token is none of ours.

    What was written ahead is told of when its moment comes, what ends when it has ended. Of each thing and language
    only the newest state is told. Hand `next_token` back to go on; `more` says whether to do so at once.
    """
    now = timezone.now()
    # Whoever begins is told what is visible now by the log; what has ended before was never theirs.
    since = _read(token) if token else (0, now)
    if since is None:
        return None
    last, _ = current()
    lines = list(Change.objects.filter(sequence__gt=since[0], sequence__lte=last)[: limit + 1])
    more = len(lines) > limit
    lines = lines[:limit]
    reached = lines[-1].sequence if more else last
    items = _told(lines, now)
    if not more:
        items += _passed(since, now)
    if token and not items and reached == since[0]:
        return {"items": [], "next_token": token, "more": False}
    return {"items": items, "next_token": _write(reached, since[1] if more else now), "more": more}


def _told(lines: list[Change], now: datetime) -> list[State]:
    newest = {(line.ref, line.locale): line for line in lines}
    refs = {line.ref for line in lines}
    entries = {(e.ref, e.locale): e for e in Entry.objects.public(now).filter(ref__in=refs).defer(*UNREAD)}
    items = []
    for line in sorted(newest.values(), key=lambda line: line.sequence):
        entry = entries.get((line.ref, line.locale))
        if entry is not None and entry.sequence == line.sequence:
            items.append(_put(entry, line.at))
        elif entry is None and line.what == Change.What.WITHDRAWN:
            items.append(_gone(line.sequence, line.type, line.ref, line.locale, line.at))
    return items


def _passed(since: tuple[int, datetime], now: datetime) -> list[State]:
    """What became visible, or ceased to be, by the clock alone since the last time."""
    known = Entry.objects.filter(sequence__lte=since[0]).defer(*UNREAD)
    begun = known.public(now).filter(visible_from__gt=since[1], visible_from__lte=now)
    ended = Entry.objects.filter(visible_until__gt=since[1], visible_until__lte=now).filter(
        Q(visible_from=None) | Q(visible_from__lte=now)
    )
    return [_put(entry, entry.visible_from or now) for entry in begun] + [
        _gone(entry.sequence, entry.type, entry.ref, entry.locale, entry.visible_until or now) for entry in ended
    ]


def _put(entry: Entry, at: datetime) -> State:
    locale = "" if entry.original else entry.locale
    return {
        "what": "put",
        "sequence": entry.sequence,
        "type": entry.type,
        "ref": entry.ref,
        "locale": entry.locale,
        "at": moment(at),
        "url": BASE_MARK + entry.path,
        "api_url": BASE_MARK + api_path(entry.type, entry.ref, locale=locale) if entry.type in declared() else None,
    }


def _gone(sequence: int, type_name: str, ref: str, locale: str, at: datetime) -> State:
    return {"what": "gone", "sequence": sequence, "type": type_name, "ref": ref, "locale": locale, "at": moment(at)}


def _write(sequence: int, at: datetime) -> str:
    return base64.urlsafe_b64encode(f"{sequence}:{int(at.timestamp() * 1_000_000)}".encode()).decode().rstrip("=")


def _read(token: str) -> tuple[int, datetime] | None:
    try:
        text = base64.b64decode(token[:200] + "=" * (-len(token[:200]) % 4), altchars=b"-_", validate=True).decode(
            "ascii"
        )
        sequence, micros = (int(part) for part in text.split(":"))
        return (sequence, datetime.fromtimestamp(micros / 1_000_000, UTC)) if 0 <= sequence < 1 << 62 else None
    except (binascii.Error, ValueError, OverflowError, OSError):
        return None
