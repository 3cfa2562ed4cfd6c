"""Somebody who goes everywhere, by session and by token, and what came of it.

Requests enter the middlewares directly, with a user object of which everything is asked once; what they write is taken
back after each. So that a whole round costs seconds.
"""

import json
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory
from wagtail.models import APIToken, Site

# Tables that say who was there, not what was done: sessions, marks of use and of who edits at the moment.
NOT_CONTENT = frozenset(
    ("django_session", "wagtailcore_apitoken:last_used_at", "wagtailadmin_editingsession", "wagtailusers_userprofile")
)
WRITES = re.compile(r'^(INSERT|REPLACE|UPDATE|DELETE)\b[^"]*"(\w+)"(?: SET "(\w+)")?', re.I)


@dataclass(frozen=True)
class Answer:
    """What came: status, all bytes of headers and body, where it led; the tables that were written, and what was then
    asked of the database; what it failed with.
    """

    status: int
    came: str
    location: str
    wrote: frozenset[str]
    after: Any
    error: str

    @property
    def outcome(self) -> str:
        """A status, "home" for being sent to the first page of the admin; with "*" where something was written."""
        said = "home" if self.location == "/admin/" and not self.wrote else str(self.status)
        return said + "*" * bool(self.wrote)


class Walker:
    """One person."""

    def __init__(self, user: Any, *, looks: bool = True, after: Callable[[], Any] = lambda: None) -> None:
        """With `looks` false pages are found but not rendered: for who may see them anyway.

        `after` is asked where something was written, before that is taken back.
        """
        self.user, self.looks, self.after = user, looks, after
        self.key = APIToken.create_token(user=user, name="walk")[1]
        self.factory = RequestFactory()
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, method: str, path: str, sent: dict[str, Any]) -> Answer:
        """One request; what it wrote is there no longer."""
        request = self._request(method, path, sent)
        with transaction.atomic(), written() as wrote, failures() as errors, unrendered(not self.looks):
            waiting = len(connection.run_on_commit)
            response = self.handler.get_response(request)
            came = _bytes_of(response)
            if len(connection.run_on_commit) > waiting:
                wrote.add("later")
            after = self.after() if wrote else None
            transaction.set_rollback(True)
        if wrote:
            forget()
        return Answer(
            status=response.status_code,
            came=f"{dict(response.items())}{came}",
            location=response.get("Location", ""),
            wrote=frozenset(wrote),
            after=after,
            error="".join(errors),
        )

    def _request(self, method: str, path: str, sent: dict[str, Any]) -> Any:
        if path.startswith("/api/"):
            headers = {"Authorization": f"Bearer {self.key}"} if path.startswith("/api/v3/") else {}
            if "file" in sent:
                return self.factory.post(path, sent, headers=headers)
            body = json.dumps(sent) if method != "GET" else ""
            return self.factory.generic(method, path, body, "application/json", headers=headers)
        if method == "POST":
            request = self.factory.post(path, sent)
        else:
            body = urlencode(sent) if method == "PUT" else ""
            request = self.factory.generic(method, path, body, "application/x-www-form-urlencoded")
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        request._cached_user = self.user  # type: ignore[attr-defined]
        return request


@contextmanager
def written() -> Iterator[set[str]]:
    """Tables of content that the requests inside write."""
    tables: set[str] = set()

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found:
            table, column = found[2], found[3]
            if table not in NOT_CONTENT and f"{table}:{column}" not in NOT_CONTENT:
                tables.add(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def failures() -> Iterator[list[str]]:
    """What the requests inside fail with."""
    errors: list[str] = []

    def note(sender: Any, request: Any, **kwargs: Any) -> None:
        errors.append(traceback.format_exc()[-1500:])

    got_request_exception.connect(note)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(note)


@contextmanager
def unrendered(wanted: bool) -> Iterator[None]:
    """Inside, templates that a view leaves to be rendered last are not."""
    render = SimpleTemplateResponse.render
    if wanted:
        SimpleTemplateResponse.render = _not_rendered  # type: ignore[method-assign]
    try:
        yield
    finally:
        SimpleTemplateResponse.render = render  # type: ignore[method-assign]


def _not_rendered(response: Any) -> Any:
    response.content = b""
    return response


def _bytes_of(response: HttpResponseBase) -> str:
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    for closer in response._resource_closers:  # type: ignore[attr-defined]
        closer()
    return body.decode("utf-8", "replace")


def forget() -> None:
    """What was kept of rows that are no more."""
    from federation.vocabulary import labels
    from home import chapter_tree
    from search import index
    from search.api import answers

    Site.clear_site_root_paths_cache()
    for kept in (index, answers, labels, chapter_tree):
        kept.forget()
    cache.clear()
