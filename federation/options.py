"""The product's options: one FEDERATION dictionary in the project's settings, with defaults."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

# Stands for scheme and host in stored documents; replaced by `base_url()` when bytes are sent, so that a move of the
# site rewrites no row. A private-use character: none of our texts has it (the register removes it from input).
BASE_MARK = "\ue000"

DEFAULTS: dict[str, Any] = {
    # Where the site is reached; public addresses in the API begin with it. Empty: WAGTAILADMIN_BASE_URL.
    "BASE_URL": "",
    # Languages the site itself speaks, in the order readers are offered them; content may be in more.
    "SITE_LANGUAGES": ["en"],
    # Largest upload, in bytes, and most pixels of a picture.
    "MAX_UPLOAD_BYTES": 20 * 1024 * 1024,
    "MAX_PIXELS": 40_000_000,
    # Types and kinds that federation staff approve where a chapter's policy says "sensitive kinds only".
    "SENSITIVE_KINDS": ["case", "urgent-intervention"],
    # How many finished list answers one process keeps. 0 keeps none (the benchmark measures both).
    "LIST_CACHE_ENTRIES": 512,
    # While this file is there the site answers 503; it may hold the seconds after which to come back. "": never.
    "MAINTENANCE_FILE": "",
    # What answers searches: "database" (SQLite FTS5 or PostgreSQL, whichever the project uses), "elasticsearch",
    # or the dotted path of a class that keeps to `search.engines.Engine`.
    "SEARCH_ENGINE": "database",
    # Elasticsearch: `https://user:password@host:9200`, or an API key instead of the password; the file of the authority
    # that signed its certificate, if that is none the system knows; the name under which the index is found.
    "ELASTICSEARCH_URL": "",
    "ELASTICSEARCH_API_KEY": "",
    "ELASTICSEARCH_CA_CERTS": "",
    "ELASTICSEARCH_INDEX": "federation",
}


def option(name: str) -> Any:
    """Value of one option: the project's, else the default. KeyError for a name that is no option."""
    default = DEFAULTS[name]
    return getattr(settings, "FEDERATION", {}).get(name, default)


def base_url() -> str:
    """Scheme and host that public addresses begin with, without a slash at the end."""
    return (option("BASE_URL") or getattr(settings, "WAGTAILADMIN_BASE_URL", "")).rstrip("/")


def check_options(**kwargs: object) -> list[CheckMessage]:
    """System check: a key that is no option is an error that names it (a typo would be ignored in silence)."""
    unknown = sorted(set(getattr(settings, "FEDERATION", {})) - set(DEFAULTS))
    errors: list[CheckMessage] = []
    if option("SEARCH_ENGINE") == "elasticsearch" and not option("ELASTICSEARCH_URL"):
        hint = "Set ELASTICSEARCH_URL to where Elasticsearch answers, or SEARCH_ENGINE to 'database'."
        errors.append(
            Error("FEDERATION has no ELASTICSEARCH_URL for its search engine.", hint=hint, id="federation.E002")
        )
    return errors + [
        Error(
            f"FEDERATION has no option {key!r}.", hint=f"Options: {', '.join(sorted(DEFAULTS))}.", id="federation.E001"
        )
        for key in unknown
    ]
