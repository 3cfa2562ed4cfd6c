"""A server that is killed loses nothing, and no reader notices more than `degraded`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.skipif(
        not os.environ.get("ELASTICSEARCH_COMMAND"),
        reason="needs a command that starts and stops a server: set ELASTICSEARCH_COMMAND",
    ),
]

ROOT = Path(__file__).resolve().parents[3]


def test_server_killed_while_200_are_published_and_while_the_index_is_built_loses_nothing() -> None:
    """In a process of its own; readers ask all the while."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.elastic.killing"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "federation.settings.test"},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {
        "differences": [0, 0, 0],
        "rebuild broken off": True,
        "rebuilt": 171,
        "failures": [],
        "statuses": [200],
        "withdrawn that were shown": 0,
        "searched": True,
        "degraded for a while": True,
    }
