"""The apps are plugins: a bare Wagtail project of somebody else installs them and has the API."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def in_host_project(*command: str) -> str:
    """Output of a command under the host's settings. They are another process: settings are read once."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.host_project.settings", "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@cache
def answers() -> dict[str, Any]:
    """What the host's addresses answer after it has published one statement."""
    return dict(json.loads(in_host_project("-m", "tests.host_project.trial")))


def test_host_project_lists_an_entry_by_the_api() -> None:
    status, body = answers()["entries"]
    assert (status, body["count"]) == (200, 1)
    assert body["items"] == [
        {
            "kind": {"code": "statement", "label": "Statement"},
            "title": "No favour, a right",
            "owner": {"code": "world", "label": "Federation"},
        }
    ]


def test_host_project_serves_the_detail_and_names_mistakes() -> None:
    assert answers()["detail"] == [200, {"title": "No favour, a right"}]
    status, body = answers()["unknown"]
    assert (status, body["parameter"], body["suggestion"]) == (400, "countri", "country")


def test_host_project_has_our_addresses_in_its_api_document() -> None:
    assert answers()["document"] == [200, ["/data/entries/", "/data/entries/{ref}/"]]


def test_host_project_keeps_its_own_pages_and_its_admin() -> None:
    assert answers()["front"] == [200, None]
    assert answers()["login"] == [200, None]


def test_system_checks_pass_and_no_migration_is_missing_with_stock_image_model() -> None:
    in_host_project("-m", "django", "check", "--fail-level", "WARNING")
    ours = ("cases", "chapters", "search", "media", "vocabulary")
    in_host_project("-m", "django", "makemigrations", "--check", "--dry-run", *ours)
