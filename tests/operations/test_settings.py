"""Production refuses to start half configured; what is configured passes Django's deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "sqlite:///:memory:",
    "ALLOWED_HOSTS": "federation.example.org",
    "BASE_URL": "https://federation.example.org/",
}


def manage(settings: str, environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own with this environment and nothing else: settings are read once."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *command, "--settings", settings],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(WHOLE))
def test_production_names_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in WHOLE.items() if name != missing}
    done = manage("federation.settings.production", given, "check")
    assert done.returncode != 0
    assert f"Set {missing} in the environment before starting" in done.stderr


def test_production_names_everything_that_is_missing_at_once() -> None:
    done = manage("federation.settings.production", {}, "check")
    assert "Set SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS, BASE_URL in the environment" in done.stderr


def test_production_passes_the_deployment_check() -> None:
    done = manage("federation.settings.production", WHOLE, "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_production_takes_origin_without_a_slash() -> None:
    code = "from django.conf import settings as s; print(s.WAGTAILADMIN_BASE_URL, s.CSRF_TRUSTED_ORIGINS)"
    done = manage("federation.settings.production", WHOLE, "shell", "--no-imports", "-c", code)
    assert done.stdout.split("\n")[0] == "https://federation.example.org ['https://federation.example.org']"


def test_production_searches_with_elasticsearch_where_it_is_told_of_one() -> None:
    code = (
        "from federation.options import option;"
        "print(option('SEARCH_ENGINE'), option('ELASTICSEARCH_URL'), option('ELASTICSEARCH_INDEX'))"
    )
    told = {"ELASTICSEARCH_URL": "https://search.example.org:9200", "ELASTICSEARCH_INDEX": "ours"}
    answers = [
        manage("federation.settings.production", {**WHOLE, **more}, "shell", "--no-imports", "-c", code).stdout.strip()
        for more in ({}, told)
    ]
    assert answers == ["database  federation", "elasticsearch https://search.example.org:9200 ours"]


def test_unknown_option_of_ours_is_an_error_that_names_it() -> None:
    from django.test import override_settings

    from federation.options import check_options

    with override_settings(FEDERATION={"SITE_LANGAUGES": ["en"]}):
        assert [error.msg for error in check_options()] == ["FEDERATION has no option 'SITE_LANGAUGES'."]
