"""Labels by which a thing is found, in whatever language it is written: of its kind, countries, themes and chapters."""

from federation.vocabulary.labels import labels
from federation.vocabulary.languages import site_languages

from .things import Thing, Version

# Language -> labels in it; under "" what is the same in any language.
FoundBy = dict[str, list[str]]


def found_by(thing: Thing, version: Version) -> FoundBy:
    """Labels in the languages of the site and in the version's own."""
    own = [chapter["label"] for chapter in (version.owner, *version.co_publishers)]
    coded = [("kind", thing.kind)]
    coded += [("country", code) for code in thing.countries] + [("theme", code) for code in thing.themes]
    found: FoundBy = {"": [*version.names]}
    for lang in dict.fromkeys((version.locale, *site_languages())):
        several = [labels(name).get(code, {}).get(lang, "") for name, code in coded]
        several += [*thing.labels.get(lang, ()), *(own if lang == version.locale else ())]
        found[lang] = [*dict.fromkeys(filter(None, several))]
    return {lang: several for lang, several in found.items() if several}
