"""Marks of tests that need a server, which say so when they are skipped. `.ci/run` starts both servers."""

import os

import pytest

needs_elasticsearch = [
    pytest.mark.elasticsearch,
    pytest.mark.skipif(
        not os.environ.get("ELASTICSEARCH_URL"), reason="needs an Elasticsearch server: set ELASTICSEARCH_URL"
    ),
]
needs_postgresql = [
    pytest.mark.postgresql,
    pytest.mark.skipif(
        not os.environ.get("DATABASE_URL", "").startswith("postgres"),
        reason="needs a PostgreSQL server: set DATABASE_URL",
    ),
]
