"""What `make run` serves with, on a database of the benchmark's own."""

import os

import dj_database_url

from federation.settings.embedded import *  # noqa: F403
from federation.settings.embedded import DATABASES, FEDERATION, VAR

FOLDER = VAR / "bench"
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", FOLDER / "bench.sqlite3")
# With an empty view, beside which pages are measured.
ROOT_URLCONF = "federation.bench.urls"
if os.environ.get("BENCH_DATABASE_URL"):
    DATABASES["default"] = dj_database_url.parse(os.environ["BENCH_DATABASE_URL"])
FEDERATION = {
    **FEDERATION,
    "SEARCH_ENGINE": os.environ.get("BENCH_ENGINE", "database"),
    "ELASTICSEARCH_INDEX": "federation-bench",
}
