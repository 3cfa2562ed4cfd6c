"""The engine as everybody meets it: it answers, it is looked after, and it says how it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from elastic_transport import TransportError
from elasticsearch import ApiError

from search.engines.database import DatabaseEngine
from search.engines.interface import Difference, Found, Health, Progress, SearchQuery, Trouble
from search.followers import LostTurn, state_of

from . import following, indexes, reading, rebuilding, verifying
from .connection import UnsupportedServer, server
from .mapping import pattern


class ElasticsearchEngine:
    """Asks Elasticsearch; the database answers while that fails, rests, or is too far behind."""

    name = "elasticsearch"

    def __init__(self) -> None:
        """The database is always ready to take over."""
        self.database = DatabaseEngine()

    def search(self, query: SearchQuery) -> Found:
        """What is public at this moment and has all the words: each thing once."""
        try:
            return reading.search(query)
        except reading.CannotAnswer:
            return replace(self.database.search(query), degraded=True)

    def health(self) -> Health:
        """From what this process has seen and what the follower wrote down; the server is not asked."""
        lag = following.lag()
        degraded = server().breaker.is_open or not lag.usable or bool(lag.problem)
        return Health(self.name, degraded, lag.changes, lag.seconds)

    def status(self) -> dict[str, str]:
        """Facts for operators, by name."""
        state, lag = state_of(indexes.alias()), following.lag()
        problem = state.problem or _about_server()
        return {
            "engine": self.name,
            "index": f"{state.index or '-'} ({'as it should be' if state.pattern == pattern() else 'to be rebuilt'})",
            "behind": f"{lag.changes} changes, {lag.seconds:.0f} seconds",
            "problem": problem or "none",
        }

    def total(self) -> int:
        """How many things there are to index or to compare."""
        return self.database.total()

    def rebuild(self, progress: Progress) -> int:
        """A new index; see `rebuilding`."""
        with _in_a_sentence():
            return rebuilding.rebuild(progress)

    def verify(self, progress: Progress) -> list[Difference]:
        """Every visible thing compared; see `verifying`."""
        with _in_a_sentence():
            return verifying.verify(progress)

    def follow_while(self, going_on: Callable[[], bool]) -> None:
        """Stay in step with the register; see `following`."""
        following.follow_while(going_on)


def _about_server() -> str:
    """What is wrong with the server at this moment; empty when nothing is."""
    try:
        server().forget()
        server().check()
    except (TransportError, UnsupportedServer) as error:
        return following.sentence_of(error)
    return ""


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """What an operator can do something about comes out as `Trouble`."""
    try:
        yield
    except (ApiError, TransportError, UnsupportedServer, LostTurn, indexes.Stalled, rebuilding.Busy) as error:
        raise Trouble(following.sentence_of(error)) from error
