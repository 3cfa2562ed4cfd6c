"""A draft as its document would be; for the admin's preview alone."""

import json
from typing import Any

from chapters.register import named, theme_codes
from federation.options import BASE_MARK
from federation.vocabulary.labels import coded
from federation.vocabulary.languages import direction

from .models.item import Item
from .register import co_publishers_of, document_of


def preview_document(item: Item) -> dict[str, Any]:
    """Words of the draft, facts of its original: made by the functions that make the register's document."""
    lang = item.language
    facts = item.get_original()
    document = {
        "locale": lang,
        "dir": direction(lang),
        "title": item.title,
        "summary": item.summary,
        "kind": coded("kind", facts.kind_id, lang) if facts.kind_id else None,
        "date": facts.dated,
        "owner": named(facts.owner, lang) if facts.owner else None,
        "co_publishers": [named(chapter, lang) for chapter in co_publishers_of(facts)] if facts.pk else [],
        "countries": [coded("country", country.code, lang) for country in facts.countries.all()],
        "themes": [coded("theme", code, lang) for code in theme_codes(facts)],
        **document_of(facts, item, lang=lang),
    }
    without_host: dict[str, Any] = json.loads(json.dumps(document, ensure_ascii=False).replace(BASE_MARK, ""))
    return without_host
