"""A network with one server on it, which answers as Elasticsearch does where our code asks, and fails as told."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from elastic_transport import ApiResponseMeta, BaseNode, HttpHeaders
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout as NoAnswer
from elastic_transport._node import NodeApiResponse

INFO = {"name": "one", "version": {"number": "9.4.3", "build_flavor": "default"}, "tagline": "You Know, for Search"}
PRODUCT = {"x-elastic-product": "Elasticsearch"}

Answer = tuple[int, Any]


class Network:
    """Indexes in memory; `failure` says how it fails, `asked` what it was asked."""

    def __init__(self) -> None:
        self.info: dict[str, Any] = INFO
        self.status = 200
        self.headers: dict[str, str] = PRODUCT
        self.failure: str = ""
        # Called before each bulk request; may change anything, or fail.
        self.before_bulk: Callable[[], None] = lambda: None
        self.refused: set[str] = set()
        self.asked: list[tuple[str, str, Any]] = []
        self.timeouts: list[float] = []
        self.indexes: dict[str, dict[str, tuple[int, dict[str, Any]]]] = {}
        self.aliases: dict[str, set[str]] = {}

    def node_class(self) -> type[BaseNode]:
        """What the client is given for its connection."""
        network = self

        class Node(BaseNode):
            _CLIENT_META_HTTP_CLIENT = ("fk", "1")

            def perform_request(
                self, method: str, target: str, body: Any = None, headers: Any = None, request_timeout: Any = None
            ) -> NodeApiResponse:
                status, answer = network.answer(method, target.partition("?")[0], body, request_timeout)
                meta = ApiResponseMeta(
                    node=self.config,
                    duration=0.0,
                    http_version="1.1",
                    status=status,
                    headers=HttpHeaders({"content-type": "application/json", **network.headers}),
                )
                return NodeApiResponse(meta, json.dumps(answer).encode())

        return Node

    def answer(self, method: str, path: str, body: bytes | None, timeout: float) -> Answer:
        """One request."""
        lines = [json.loads(line) for line in (body or b"").splitlines()]
        self.asked.append((method, path, lines))
        self.timeouts.append(timeout)
        if self.failure == "down":
            raise NoConnection("refused")
        if self.failure == "slow":
            raise NoAnswer("timed out")
        if self.failure == "failing":
            return 503, {"error": {"type": "unavailable_shards_exception", "reason": "wait"}, "status": 503}
        first, _, last = path.strip("/").partition("/")
        routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("GET", r"", self._info),
            ("GET", r"_alias/.+", self._behind),
            ("POST", r"_aliases", self._realias),
            ("PUT", r"[^/]+", self._make),
            ("GET", r"[^/]+", self._list),
            ("DELETE", r"[^/]+", self._delete),
            ("PUT", r".+/_bulk", self._bulk),
            ("POST", r".+/_mget", self._mget),
            ("POST", r".+/_search", self._search),
            ("POST", r".+/_(refresh|forcemerge)", lambda *_: (200, {})),
        ]
        for verb, pattern, route in routes:
            if verb == method and re.fullmatch(pattern, path.strip("/")):
                return route(first, last, lines)
        raise AssertionError(f"Nobody has taught the network {method} {path}.")

    def documents(self, name: str) -> dict[str, dict[str, Any]]:
        """What stands in the index behind a name, by ref."""
        return {ref: document for ref, (_, document) in self.indexes[self._one(name) or ""].items()}

    def _one(self, name: str) -> str | None:
        if name in self.indexes:
            return name
        return next((index for index, aliases in self.aliases.items() if name in aliases), None)

    def _info(self, first: str, last: str, body: Any) -> Answer:
        return self.status, self.info

    def _behind(self, first: str, last: str, body: Any) -> Answer:
        found = {index: {} for index, aliases in self.aliases.items() if last in aliases}
        return (200, found) if found else (404, {"error": "alias missing", "status": 404})

    def _realias(self, first: str, last: str, body: Any) -> Answer:
        for action in body[0]["actions"]:
            ((verb, what),) = action.items()
            for index in self._matching(what["index"]):
                change = self.aliases[index].add if verb == "add" else self.aliases[index].discard
                change(what["alias"])
        return 200, {"acknowledged": True}

    def _matching(self, pattern: str) -> Iterator[str]:
        return (index for index in [*self.indexes] if re.fullmatch(pattern.replace("*", ".*"), index))

    def _make(self, first: str, last: str, body: Any) -> Answer:
        self.indexes[first] = {}
        self.aliases[first] = set(body[0].get("aliases", {}))
        return 200, {"acknowledged": True}

    def _list(self, first: str, last: str, body: Any) -> Answer:
        return 200, {index: {} for index in self._matching(first)}

    def _delete(self, first: str, last: str, body: Any) -> Answer:
        del self.indexes[first], self.aliases[first]
        return 200, {"acknowledged": True}

    def _bulk(self, first: str, last: str, body: list[Any]) -> Answer:
        self.before_bulk()
        lines, items = iter(body), []
        for line in lines:
            ((verb, head),) = line.items()
            items.append(
                {verb: {"_id": head["_id"], **self._write(first, head, next(lines) if verb == "index" else None)}}
            )
        return 200, {"errors": any("error" in one for item in items for one in item.values()), "items": items}

    def _write(self, name: str, head: dict[str, Any], document: dict[str, Any] | None) -> dict[str, Any]:
        index = self._one(name)
        if self.failure == "full":
            reason = "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"
            return {"status": 429, "error": {"type": "cluster_block_exception", "reason": reason}}
        if index is None or name in self.indexes:
            return {"status": 404, "error": {"type": "index_not_found_exception", "reason": "no alias"}}
        if document is not None and head["_id"] in self.refused:
            return {"status": 400, "error": {"type": "document_parsing_exception", "reason": "no"}}
        version, _ = self.indexes[index].get(head["_id"], (0, None))
        if head["version"] < version:
            return {"status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "older"}}
        if document is None:
            self.indexes[index].pop(head["_id"], None)
            return {"status": 200}
        self.indexes[index][head["_id"]] = (head["version"], document)
        return {"status": 201}

    def _mget(self, first: str, last: str, body: Any) -> Answer:
        index = self._one(first)
        if index is None:
            return 404, {"error": "no such index", "status": 404}
        stored = self.documents(index)
        return 200, {
            "docs": [{"_id": ref, **({"_source": stored[ref]} if ref in stored else {})} for ref in body[0]["ids"]]
        }

    def _search(self, first: str, last: str, body: Any) -> Answer:
        """Everything is found but what is left out by its ref; the newest line of the log; refs in their order."""
        index = self._one(first)
        if index is None:
            return 404, {"error": {"type": "index_not_found_exception"}, "status": 404}
        stored, asked = self.documents(index), body[0]
        without = {ref for one in _must_not(asked) for ref in one["ids"]["values"]}
        after = (asked.get("search_after") or [""])[0]
        refs = [ref for ref in sorted(stored) if ref not in without and ref > after]
        newest = max((document["sequence"] for document in stored.values()), default=None)
        hits = [{"_id": ref, "sort": [ref]} for ref in refs[: asked.get("size", 10)]]
        return 200, {
            "hits": {"total": {"value": len(refs), "relation": "eq"}, "hits": hits},
            "aggregations": {"newest": {"value": newest}},
        }


def _must_not(asked: dict[str, Any]) -> list[dict[str, Any]]:
    return list(asked.get("query", {}).get("bool", {}).get("must_not", []))
