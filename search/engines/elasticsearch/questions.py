"""From a search to one request of Elasticsearch: what is found, in which order, and how often each facet has it.

Found is what has all wanted parts in one of its languages. The order is that of every engine (search/relevance.py), in
steps: so scores are sums of constants, and nothing is left to the frequency of words.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from elasticsearch.dsl import A, Q, Search
from elasticsearch.dsl.query import Query

from search.engines.interface import SearchQuery
from search.matches import Questions, questions
from search.query import ListQuery
from search.selection import NEW_DAYS
from search.terms import LABEL, Asked

from .mapping import field_of, room_of

# Each more than all below it can add up to; below them are the steps, counted from the last. Whole numbers below 2**24
# are exact in a score.
NAMED, SHOWN = 100_000, 100
# More values than this no facet has; were it more, the answer would be refused, not cut off.
MOST_VALUES = 20_000
# A phrase is looked for by so many of its words at most: servers limit how much one question asks.
LONGEST_PHRASE = 32
# Languages whose words are read as theirs wherever they stand (see `search.analysis`).
ANYWHERE = ("ar", "ru")
# A stem: perhaps where it has to stand, and its language.
_STEM = re.compile(r"(?P<space>[a-z]_)?(?P<language>[a-z]{2})_")
# So many words may begin as a phrase ends that is asked for as a beginning.
MOST_ENDINGS = 1000
# The facet of languages counts what each of them would have: whatever languages are asked for.
LANGUAGES = "locale"

# The place of a thing among those of its day: that of the version that is shown.
_PLACE = """
for (language in params.languages) {
  if (language == '*') { return doc['lead'].value; }
  def field = 'numbers.' + language;
  if (doc.containsKey(field) && doc[field].size() > 0) { return doc[field].value; }
}
return doc['lead'].value;
"""


def request(query: SearchQuery, *, languages: Collection[str], without: Collection[str]) -> Search[Any]:
    """The whole request: one page, the count, and the facets.

    Args:
        query: the search.
        languages: those that something public is written in.
        without: refs of what has changed since the index was brought up to date: it is neither found nor counted.
    """
    rooms = {room_of(language) for language in languages}
    asked_for = questions(query.words) if query.words else None
    filters = _filters(query)
    asked = {name: filters.pop(name) for name in [*query.list.facets, LANGUAGES] if name in filters}
    if LANGUAGES not in query.list.facets and LANGUAGES in asked:
        filters[LANGUAGES] = asked.pop(LANGUAGES)
    found = Q(
        "bool",
        filter=[*filters.values(), *_matching(asked_for, rooms)],
        must_not=_these(without),
        should=_relevance(query, asked_for, rooms) if query.order == "relevance" else [],
    )
    search: Search[Any] = Search().query(found).source(False).extra(track_total_hits=True)
    if asked:
        search = search.post_filter(Q("bool", filter=list(asked.values())))
    for name in query.list.facets:
        others = [condition for other, condition in asked.items() if other != name]
        if others:
            search.aggs.bucket(name, A("filter", Q("bool", filter=others))).bucket("values", _values(name))
        else:
            search.aggs.bucket(name, _values(name))
    search = search.sort(*_order(query))
    return search[query.list.offset : query.list.offset + query.list.limit]


def _values(name: str) -> Any:
    return A("terms", field="locales" if name == LANGUAGES else f"facets.{name}", size=MOST_VALUES)


def _order(query: SearchQuery) -> list[Any]:
    place = {"script": {"source": _PLACE, "params": {"languages": list(query.languages)}}, "type": "number"}
    direction = "asc" if query.order == "date" else "desc"
    newest: list[Any] = [{"day": direction}, {"_script": {**place, "order": direction}}]
    return ["_score", *newest] if query.order == "relevance" and query.words else newest


def _filters(query: SearchQuery) -> dict[str, Query]:
    """Conditions on facts by the parameter that sets them, as lists have them."""
    asked = query.list
    filters = {name: _any("facets." + name, values) for name, values in asked.filters.items()}
    if asked.type:
        filters["of type"] = _any("facets.type", [asked.type])
    if asked.date_from or asked.date_to:
        filters["dated"] = _dated(asked.date_from, asked.date_to)
    if asked.only_new:
        filters["new"] = _new(asked)
    if "*" not in query.languages:
        filters[LANGUAGES] = _any("locales", query.languages)
    return filters


def _any(field: str, values: Iterable[str]) -> Query:
    return Q({"terms": {field: list(values)}})


def _new(asked: ListQuery) -> Query:
    first = max(date.min.toordinal(), asked.as_of.toordinal() - NEW_DAYS.days)
    return _dated(date.fromordinal(first), asked.as_of)


def _dated(since: date | None, until: date | None) -> Query:
    """What may lie in a range of days, ends included, judged at published precision (safety rule 7)."""
    conditions = []
    if since:
        conditions.append(Q("range", last_day={"gte": since.isoformat()}))
    if until:
        conditions.append(Q("range", day={"lte": until.isoformat()}))
    return Q("bool", filter=conditions)


def _these(refs: Collection[str]) -> list[Query]:
    return [Q("ids", values=sorted(refs))] if refs else []


def _matching(asked: Questions | None, rooms: Collection[str]) -> list[Query]:
    """What has all that is wanted and nothing that is not, and whatever is called just what was typed."""
    if asked is None:
        return []
    named = _within(asked.named, rooms)
    if not asked.steps and not asked.all_the_rest:
        return [named]
    has = Q(
        "bool",
        filter=[_within(asked.steps[-1], rooms)] if asked.steps else [],
        must_not=[_within([one], rooms) for one in asked.unwanted],
    )
    return [_one_of([has, named])]


def _within(parts: Sequence[Asked], rooms: Collection[str]) -> Query:
    """All parts in one language of a thing."""
    return _one_of([Q("bool", filter=[_in(part, room) for part in parts]) for room in sorted(rooms)])


def _in(part: Asked, room: str) -> Query:
    """One of the sequences of a part, in a language."""
    field = field_of(room)
    sequences = [one[:LONGEST_PHRASE] for one in part.sequences if _may_stand_in(room, one)]
    single = [one[0] for one in sequences if len(one) == 1]
    queries = [_successive(one, field, prefix=part.prefix) for one in sequences if len(one) > 1]
    if part.prefix:
        queries += [Q({"prefix": {field: term}}) for term in single]
    elif single:
        queries.append(_any(field, single))
    return _one_of(queries)


def _may_stand_in(room: str, sequence: Sequence[str]) -> bool:
    """Stems stand with texts of their language; those of a script of their own anywhere, and in labels all of them."""
    stems = (found for term in sequence if (found := _STEM.match(term)))
    return all(found["space"] == LABEL or found["language"] in (room, *ANYWHERE) for found in stems)


def _successive(sequence: Sequence[str], field: str, *, prefix: bool) -> Query:
    if prefix:
        return Q({"match_phrase_prefix": {field: {"query": " ".join(sequence), "max_expansions": MOST_ENDINGS}}})
    return Q({"match_phrase": {field: " ".join(sequence)}})


def _relevance(query: SearchQuery, asked: Questions | None, rooms: Collection[str]) -> list[Query]:
    """Called by its name; then by the language it is shown in, and in each language step by step."""
    if asked is None:
        return []
    named = _constant(_within(asked.named, rooms), NAMED)
    better = asked.steps[:-1]
    steps = [_constant(_within(one, rooms), len(better) - place) for place, one in enumerate(better)]
    ranks = _shown_in(query.languages)
    rest = [Q("dis_max", queries=several) for several in (steps, ranks) if several]
    return [Q("dis_max", queries=[named, *([Q("bool", should=rest)] if rest else [])])]


def _shown_in(chain: Sequence[str]) -> list[Query]:
    """What is shown in an earlier language of the chain comes first; "*" is last and adds nothing."""
    named = [language for language in chain if language != "*"]
    return [_constant(_any("locales", [lang]), (len(named) - place) * SHOWN) for place, lang in enumerate(named)]


def _constant(condition: Query, boost: float) -> Query:
    return Q("constant_score", filter=condition, boost=boost)


def _one_of(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Q("bool", should=queries, minimum_should_match=1)
