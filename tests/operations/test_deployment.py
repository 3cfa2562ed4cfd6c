"""What the deployment's files promise."""

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FROM_ENV_FILE = {"SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "POSTGRES_PASSWORD"}


@pytest.fixture
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"])


def test_deployment_has_what_the_design_names(services: dict[str, Any]) -> None:
    assert set(services) == {"web", "worker", "migrations", "database", "elasticsearch", "cache"}


def test_every_variable_that_production_needs_is_given_or_asked_for(services: dict[str, Any]) -> None:
    given = set(services["web"]["environment"]) | FROM_ENV_FILE
    assert {"SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS", "BASE_URL", "REDIS_URL", "ELASTICSEARCH_URL"} <= given
    head = (ROOT / "compose.yaml").read_text(encoding="utf-8").partition("services:")[0]
    assert {name for name in FROM_ENV_FILE if name not in head} == set()


def test_nothing_listens_beyond_the_machine(services: dict[str, Any]) -> None:
    assert {name: service["ports"] for name, service in services.items() if service.get("ports")} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_secrets_and_data_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", "var", ".git", ".venv"} <= set(ignored)


def test_every_requirement_is_pinned() -> None:
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-r "))
    ]
    assert [line for line in lines if "==" not in line] == []
