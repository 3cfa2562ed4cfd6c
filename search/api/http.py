"""Answers over HTTP: conditional requests, HEAD, OPTIONS, CORS, wrong methods. The same for every route of ours."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone

from .answers import Answer, problem

logger = logging.getLogger(__name__)

ALLOWED = "GET, HEAD, OPTIONS"
# Whoever keeps a copy asks each time whether it is still true: a takedown is at once everywhere.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
# A transaction is shorter than this: what was changed so lately may be changed again in the same second of a header.
SETTLED = timedelta(seconds=3)


def respond(request: HttpRequest, answer: Callable[[], Answer]) -> HttpResponse:
    """The response to any method; errors of ours become problem+json and say nothing of their cause."""
    if request.method == "OPTIONS":
        return preflight()
    if request.method not in {"GET", "HEAD"}:
        response = as_response(problem(405, "Method Not Allowed", f"This address takes {ALLOWED}."))
        response["Allow"] = ALLOWED
        return response
    try:
        found = answer()
    except Exception:
        # The path alone: a query may hold what somebody searched for.
        logger.exception("Failed to answer %s", request.path)
        found = problem(500, "Internal Server Error", "Something went wrong on our side.")
    if found.status == 200 and is_unchanged(request, found):
        return _with_validators(HttpResponseNotModified(), found)
    return as_response(found)


def as_response(answer: Answer) -> HttpResponse:
    """An answer as it is sent."""
    response = HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)
    return _with_validators(response, answer)


def preflight() -> HttpResponse:
    """What a browser asks before it reads from another site: everybody may read."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    response["Allow"] = ALLOWED
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ALLOWED
    response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = "86400"
    return response


def is_unchanged(request: HttpRequest, answer: Answer) -> bool:
    """Whether the client has this already (RFC 9110: If-None-Match decides, If-Modified-Since only without it)."""
    tags = request.META.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        given = {tag.strip().removeprefix("W/").strip('"') for tag in tags.split(",")}
        return "*" in given or answer.etag in given
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    if not since or answer.last_modified is None:
        return False
    try:
        return answer.last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError, OverflowError):
        return False


def last_modified(answered: datetime) -> str:
    """The time as the header has it: whole seconds.

    A second change in the same second must not look like none (a takedown would stay in a copy): until the moment has
    settled, the second before it is told, and whoever asks again by time alone gets the answer again.
    """
    settled = timezone.now() - answered >= SETTLED
    moment = answered.astimezone(UTC).replace(microsecond=0)
    return format_datetime(moment if settled else moment - timedelta(seconds=1), usegmt=True)


def _with_validators(response: HttpResponse, answer: Answer) -> HttpResponse:
    if answer.etag:
        response["ETag"] = f'"{answer.etag}"'
    if answer.last_modified:
        response["Last-Modified"] = last_modified(answer.last_modified)
    response["Cache-Control"] = CACHE_CONTROL if answer.status == 200 else "no-store"
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    response["X-Content-Type-Options"] = "nosniff"
    for name, value in answer.headers.items():
        response[name] = value
    return response
