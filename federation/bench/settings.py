"""What `make run` serves with, on a database of the benchmark's own."""

import os

from federation.settings.embedded import *  # noqa: F403
from federation.settings.embedded import DATABASES, VAR

FOLDER = VAR / "bench"
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", FOLDER / "bench.sqlite3")
# With an empty view, beside which pages are measured.
ROOT_URLCONF = "federation.bench.urls"
