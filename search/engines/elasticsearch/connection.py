"""The server: how it is spoken to, whether we support it, and for how long one that has failed is left alone."""

import time
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _
from elastic_transport import Transport, TransportError
from elasticsearch import Elasticsearch
from elasticsearch import __version__ as client_version

from federation.options import option

# A reader waits so long at most; then the database answers (within one second, all in all).
READ_TIMEOUT = 0.6
# Whoever writes the index can wait.
WRITE_TIMEOUT = 30.0
# So long nobody asks a server that has failed; then one reader tries it.
REST = 5.0


class UnsupportedServer(Exception):
    """What answers is no server that we can work with. Says what it is and what it should be, in whole sentences."""


class Breaker:
    """Remembers that the server has failed, so that readers do not wait for it one after another."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rest_until = 0.0
        self._failed = False

    @property
    def is_open(self) -> bool:
        """Whether the last that was heard of the server is that it failed."""
        return self._failed

    def allows(self) -> bool:
        """Whether to ask now. While it rests, no; then one is let through, and the others wait for what it finds."""
        with self._lock:
            if not self._failed:
                return True
            if time.monotonic() < self._rest_until:
                return False
            self._rest_until = time.monotonic() + REST
            return True

    def failed(self) -> None:
        """It did not answer, or not in time."""
        with self._lock:
            self._failed, self._rest_until = True, time.monotonic() + REST

    def succeeded(self) -> None:
        """It answered."""
        with self._lock:
            self._failed = False


class Server:
    """The one server that is configured: a client for readers, a patient one for writers, and what is known of it."""

    def __init__(self, url: str, *, patience: float = READ_TIMEOUT, **more: Any) -> None:
        """`url` may hold user and password.

        Args:
            url: where it is.
            patience: how many seconds readers wait for it.
            more: goes to the client (tests give it a network of their own).
        """
        self.patience = patience
        if key := option("ELASTICSEARCH_API_KEY"):
            more.setdefault("headers", {"authorization": f"ApiKey {key}"})
        if certificates := option("ELASTICSEARCH_CA_CERTS"):
            more.setdefault("ca_certs", certificates)
        self._client = Elasticsearch(url, max_retries=0, retry_on_timeout=False, request_timeout=WRITE_TIMEOUT, **more)
        self.writing = self._client
        self.reading = self._client.options(request_timeout=patience, max_retries=0)
        self.breaker = Breaker()
        self._supported = False

    def check(self, *, seconds: float = WRITE_TIMEOUT) -> None:
        """UnsupportedServer when what answers is not what we support. Once it was right it is not asked again."""
        if not self._supported:
            check_server(self._client.transport, seconds=seconds)
            self._supported = True

    def forget(self) -> None:
        """It may be another server now, or another version of it: look again before the next use."""
        self._supported = False

    def close(self) -> None:
        """Close its connections."""
        self._client.close()


def check_server(transport: Transport, *, seconds: float) -> None:
    """UnsupportedServer unless this is an Elasticsearch of the client's major version, and not older than the client.

    Asked below the client, which would refuse some of these servers with words that help nobody.
    """
    answer = transport.perform_request("GET", "/", headers={"accept": "application/json"}, request_timeout=seconds)
    if answer.meta.status in {401, 403}:
        raise UnsupportedServer(
            _(
                "Elasticsearch refuses to be asked without valid credentials. "
                "Set user and password in ELASTICSEARCH_URL, or ELASTICSEARCH_API_KEY."
            )
        )
    if not 200 <= answer.meta.status < 300:
        raise TransportError(f"HTTP status {answer.meta.status}")
    told = answer.body if isinstance(answer.body, dict) else {}
    version = told.get("version") if isinstance(told.get("version"), dict) else {}
    _judge(str((version or {}).get("distribution", "")), str((version or {}).get("number", "")), answer.meta.headers)


def _judge(distribution: str, number: str, headers: Any) -> None:
    wanted = f"{client_version[0]}.{client_version[1]}"
    if distribution:
        raise UnsupportedServer(
            _(
                "The server at ELASTICSEARCH_URL is %(name)s %(number)s. "
                "Federation needs Elasticsearch %(wanted)s or newer."
            )
            % {"name": distribution.capitalize().replace("search", "Search"), "number": number, "wanted": wanted}
        )
    if headers.get("x-elastic-product") != "Elasticsearch":
        raise UnsupportedServer(
            _(
                "What answers at ELASTICSEARCH_URL is no Elasticsearch. "
                "Federation needs Elasticsearch %(wanted)s or newer."
            )
            % {"wanted": wanted}
        )
    parts = tuple(int(part) for part in number.split(".")[:2] if part.isdigit())
    if len(parts) < 2 or parts[0] != client_version[0] or parts[1] < client_version[1]:
        raise UnsupportedServer(
            _(
                "The server at ELASTICSEARCH_URL is Elasticsearch %(number)s. "
                "Federation needs version %(major)s, and of it %(wanted)s or newer."
            )
            % {"number": number or "?", "major": client_version[0], "wanted": wanted}
        )


_servers: dict[str, Server] = {}
_lock = Lock()


def server() -> Server:
    """The configured server; its connections are shared by all threads of this process."""
    url = option("ELASTICSEARCH_URL")
    with _lock:
        if url not in _servers:
            _servers[url] = Server(url)
        return _servers[url]


def use(url: str, made: Server | None) -> None:
    """Speak to this one from now on, or make it anew at the next question; for tests."""
    with _lock:
        before = _servers.pop(url, None)
        if made is not None:
            _servers[url] = made
    if before is not None and before is not made:
        before.close()
