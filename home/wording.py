"""Things in the reader's words: whatever the language of a text, what it is and where from is said in the reader's."""

from typing import Any

from federation.vocabulary.labels import coded

from . import chapter_tree

Document = dict[str, Any]


def in_words_of(lang: str, item: Document) -> Document:
    """A card or document with kind, countries, themes and publishers in this language; its own texts stay."""
    if item["locale"] == lang:
        return item
    translator = item.get("translated_by")
    return {
        **item,
        **({"translated_by": _publisher(translator, lang)} if translator else {}),
        "kind": coded("kind", item["kind"]["code"], lang),
        "countries": [coded("country", one["code"], lang) for one in item["countries"]],
        "themes": [coded("theme", one["code"], lang) for one in item["themes"]],
        "owner": _publisher(item["owner"], lang),
        "co_publishers": [_publisher(one, lang) for one in item["co_publishers"]],
    }


def _publisher(chapter: Document, lang: str) -> Document:
    known = chapter_tree.chapters(lang).get(chapter["code"])
    return {**chapter, "label": known["name"]} if known else chapter


def places(item: Document) -> list[str]:
    """Names of its countries that its publishers do not already say: "Tunisia, Tunisia" is said once."""
    publishers = {one["label"] for one in (item["owner"], *item["co_publishers"])}
    return [one["label"] for one in item["countries"] if one["label"] not in publishers]
