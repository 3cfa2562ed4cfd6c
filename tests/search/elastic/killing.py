"""Elasticsearch is killed in the middle of 200 publications, and of a rebuild. Prints what came of it as JSON.

In a process and a database of its own: readers, editors and the follower are threads with connections of their own.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

PUBLICATIONS = 200
# The slowest machine is given so many seconds to catch up.
PATIENCE = 240


def main() -> None:
    """A server and a database, the story, and both away again."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from tests.search.elastic.own_server import OwnServer

    server = OwnServer()
    options = {"SEARCH_ENGINE": "elasticsearch", "ELASTICSEARCH_URL": server.url, "ELASTICSEARCH_INDEX": "killed"}
    settings.FEDERATION = {**settings.FEDERATION, **options}
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            connection.settings_dict["OPTIONS"].update(timeout=60, init_command=pragmas)
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "killed.sqlite3")
        else:
            connection.settings_dict["TEST"]["NAME"] = "test_federation_killed"
        made = setup_databases(verbosity=0, interactive=False, aliases=["default"], serialized_aliases=[])
        try:
            json.dump(Story(server).told(), sys.stdout)
        finally:
            connection.close()
            teardown_databases(made, verbosity=0)
            server.end()


class Story:
    """What happens, and what readers see of it all the while."""

    def __init__(self, server: Any) -> None:
        """Nothing has happened yet."""
        self.server = server
        self.over = Event()
        self.failures: list[str] = []
        self.withdrawn: set[str] = set()
        self.statuses: set[int] = set()
        self.seen = {"searches": 0, "degraded": 0, "withdrawn": 0}

    def told(self) -> dict[str, object]:
        """From the first publication to the last comparison."""
        from search import types
        from search.engines import engine
        from tests.search.generated import Content

        self.content = Content()
        for content_type in self.content.types():
            types.declare(content_type)
        with self._beside(self._follow, self._read):
            self._publish()
            self._catch_up()
            after_publications = len(engine().verify(lambda count: None))
            broken_off = self._rebuild_and_kill()
            self.server.start_again()
            self._catch_up()
            after_broken_rebuild = len(engine().verify(lambda count: None))
            rebuilt = engine().rebuild(lambda count: None)
            self._catch_up()
            after_rebuild = len(engine().verify(lambda count: None))
        return {
            "differences": [after_publications, after_broken_rebuild, after_rebuild],
            "rebuild broken off": broken_off,
            "rebuilt": rebuilt,
            "failures": self.failures,
            "statuses": sorted(self.statuses),
            "withdrawn that were shown": self.seen["withdrawn"],
            "searched": self.seen["searches"] > 50,
            "degraded for a while": 0 < self.seen["degraded"] < self.seen["searches"],
        }

    @contextmanager
    def _beside(self, *doings: Callable[[], None]) -> Iterator[None]:
        threads = [Thread(target=self._safely, args=(doing,)) for doing in doings]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _safely(self, doing: Callable[[], None]) -> None:
        from django.db import connection

        try:
            doing()
        except Exception as error:  # said by the test
            self.failures.append(repr(error))
        finally:
            connection.close()

    def _publish(self) -> None:
        """Every seventh is withdrawn again. The server dies after a hundred, and comes back before the last."""
        from search import register
        from tests.search.contract.shelf import note

        for number in range(PUBLICATIONS):
            ref = f"aa{number:03}"
            register.put(self.content.hold([note(ref, {"en": f"Clinic {number}", "fr": f"Dispensaire {number}"})]))
            if number % 7 == 0:
                register.withdraw("note", [ref])
                self.withdrawn.add(ref)
            if number == PUBLICATIONS // 2:
                self.server.kill()
        self.server.start_again()

    def _follow(self) -> None:
        from search.engines.elasticsearch.following import follow_while

        follow_while(lambda: not self.over.is_set(), sleep=lambda seconds: time.sleep(min(seconds, 0.2)))

    def _read(self) -> None:
        """The API and the page, as fast as answers come: each is a failure if it is an error.

        None may show what had been withdrawn before it was asked for.
        """
        from django.test import Client

        client = Client(raise_request_exception=False)
        while not self.over.is_set():
            gone = set(self.withdrawn)
            answer = client.get("/api/v3/search/?q=clinic&limit=100&facets=type&facets=locale")
            page = client.get("/en/search/?q=clinic")
            self.statuses.update((answer.status_code, page.status_code))
            if answer.status_code == 200:
                found = answer.json()
                self.seen["searches"] += 1
                self.seen["degraded"] += found["degraded"]
                self.seen["withdrawn"] += len(gone & {item["ref"] for item in found["items"]})
                self.seen["withdrawn"] += sum(f"/{ref}/" in page.content.decode() for ref in gone)

    def _rebuild_and_kill(self) -> bool:
        """Whether the rebuild was broken off when the server died in the middle of it."""
        from search.engines import Trouble, engine
        from search.engines.elasticsearch import rebuilding

        rebuilding.BATCH = 20

        def kill(count: int) -> None:
            if not killed:
                killed.append(count)
                self.server.kill()

        killed: list[int] = []
        try:
            engine().rebuild(kill)
        except Trouble:
            return True
        return False

    def _catch_up(self) -> None:
        from search.engines import engine

        end = time.monotonic() + PATIENCE
        while engine().health().changes_behind or engine().health().degraded:
            if time.monotonic() > end:
                raise RuntimeError(f"Not in step: {engine().status()}")
            time.sleep(0.1)


if __name__ == "__main__":
    main()
