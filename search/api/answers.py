"""Finished answers, and the few that each process keeps: keyed by what is public, so that none outlives a change."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
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


_kept: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()
_lock = Lock()


def kept(key: tuple[Any, ...]) -> Answer | None:
    """An answer made before for the same question and the same state of the register."""
    with _lock:
        answer = _kept.get(key)
        if answer is not None:
            _kept.move_to_end(key)
        return answer


def keep(key: tuple[Any, ...], answer: Answer) -> Answer:
    """Remember an answer; the one asked for longest ago goes."""
    most = option("LIST_CACHE_ENTRIES")
    with _lock:
        if most:
            _kept[key] = answer
            while len(_kept) > most:
                _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Keep nothing; for tests, which roll back what the sequence had counted."""
    with _lock:
        _kept.clear()
