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
