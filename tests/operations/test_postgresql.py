"""What only a server with many writers can show."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from .servers import needs_postgresql

pytestmark = needs_postgresql

ROOT = Path(__file__).resolve().parents[2]


def test_tests_run_on_the_server_that_was_named() -> None:
    from django.db import connection

    assert connection.vendor == "postgresql"


def in_a_database_of_its_own(module: str) -> Any:
    """What a program says: what several connections commit, no test could roll back."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.operations.{module}"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "federation.settings.test"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_eight_writers_lose_no_change_and_a_follower_of_the_log_misses_none() -> None:
    assert in_a_database_of_its_own("writers") == {"written": 160, "followed": 160, "gaps": 0, "failures": []}


def test_of_two_moderators_who_decide_at_once_one_decides_and_the_other_is_told() -> None:
    stand = {"approve": (True, "approved"), "return": (False, "needs_changes")}
    quicker = {"approve": "has approved it.", "return": "has returned it."}
    found = in_a_database_of_its_own("reviewers")
    assert len(found) == 12
    for one in found:
        (done,), (refused,) = one["done"], one["refused"]
        assert done in one["pair"]
        assert (one["live"], one["review"]) == stand[done]
        assert refused.startswith("Somebody was quicker:")
        assert refused.endswith(quicker[done])
