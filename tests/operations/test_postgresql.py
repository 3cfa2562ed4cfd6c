"""What only a server with many writers can show."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .servers import needs_postgresql

pytestmark = needs_postgresql

ROOT = Path(__file__).resolve().parents[2]


def test_tests_run_on_the_server_that_was_named() -> None:
    from django.db import connection

    assert connection.vendor == "postgresql"


def test_eight_writers_lose_no_change_and_a_follower_of_the_log_misses_none() -> None:
    """In a database of its own: what several connections commit, no test could roll back."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.operations.writers"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "federation.settings.test"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {"written": 160, "followed": 160, "gaps": 0, "failures": []}
