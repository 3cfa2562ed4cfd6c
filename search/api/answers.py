"""Finished answers, and the few that each process keeps: keyed by what is public, so that none outlives a change."""

import hashlib
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from threading import Lock
from typing import Any

from federation.options import option

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, bytes and validators of an answer; how it is sent is the HTTP layer's business."""

    status: int
    body: bytes
    etag: str = ""
    last_modified: datetime | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    # The body compressed (gzip), where it is worth it.
    packed: bytes = b""


# What somebody looked for in words is kept nowhere, not even in their own browser: it may not be theirs alone.
NOT_KEPT = {"Cache-Control": "no-store"}


def problem(status: int, title: str, detail: str, **more: Any) -> Answer:
    """An error as RFC 9457 has it. Two problems of one status and sentence are the same to the byte."""
    value = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(status, body, content_type=PROBLEM)


def not_found() -> Answer:
    """What never was public, and what is not for you: the same."""
    return problem(404, "Not Found", "There is nothing public at this address.")


def gone() -> Answer:
    """What was public and has been withdrawn."""
    return problem(410, "Gone", "What was here has been withdrawn.")


# However many answers may be kept: together they take no more than this in one process.
MOST_BYTES = 64 * 1024 * 1024

Question = tuple[Any, ...]

_kept: OrderedDict[Question, tuple[Answer, float]] = OrderedDict()
_bytes_kept = 0
_lock = Lock()


def fingerprint(body: bytes) -> str:
    """An ETag that is the same for the same bytes: a change elsewhere in the register makes nobody fetch them again."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def kept(question: Question) -> Answer | None:
    """An answer made before for the same question and the same state of the register."""
    with _lock:
        answer, until = _kept.get(question, (None, 0.0))
        if answer is None or until < time.monotonic():
            return None
        _kept.move_to_end(question)
        return answer


def keep(question: Question, answer: Answer, *, seconds: float = inf) -> Answer:
    """Remember an answer for so long at most; those asked for longest ago go first."""
    global _bytes_kept
    most = option("LIST_CACHE_ENTRIES")
    if most and len(answer.body) < MOST_BYTES // 16:
        with _lock:
            _drop(question)
            _kept[question] = (answer, time.monotonic() + seconds)
            _bytes_kept += _size(question, answer)
            while len(_kept) > most or _bytes_kept > MOST_BYTES:
                _drop(next(iter(_kept)))
    return answer


def _drop(question: Question) -> None:
    global _bytes_kept
    answer, _ = _kept.pop(question, (None, 0.0))
    if answer is not None:
        _bytes_kept -= _size(question, answer)


def _size(question: Question, answer: Answer) -> int:
    return len(answer.body) + len(answer.packed) + sum(len(part) for part in question if isinstance(part, str))


def forget() -> None:
    """Keep nothing; for tests, which roll back what the sequence had counted."""
    global _bytes_kept
    with _lock:
        _kept.clear()
        _bytes_kept = 0
