"""Settings from the environment, and from a `.env` file beside manage.py."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .base import ROOT


def read_env_file(path: Path = ROOT / ".env") -> None:
    """Put NAME=value lines into the environment; what stands there already wins."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def needed(*names: str) -> dict[str, str]:
    """The values of these variables. ImproperlyConfigured that names every one that is missing or empty."""
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Set {', '.join(missing)} in the environment before starting; docs/operators.md says what each is for."
        )
    return {name: os.environ[name] for name in names}


def search_options() -> dict[str, str]:
    """Options of the search engine: where ELASTICSEARCH_URL is set, that; the others of its variables go with it."""
    names = ("ELASTICSEARCH_URL", "ELASTICSEARCH_API_KEY", "ELASTICSEARCH_CA_CERTS", "ELASTICSEARCH_INDEX")
    given = {name: os.environ[name] for name in names if os.environ.get(name)}
    return {"SEARCH_ENGINE": "elasticsearch", **given} if "ELASTICSEARCH_URL" in given else {}
