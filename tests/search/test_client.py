"""A client generated from the document by a public generator reads chapters, entries and a case."""

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_case


@pytest.mark.django_db
def test_a_generated_client_reads_chapters_entries_and_a_case(
    federation: object, client: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    case = make_case(countries=["TN"])
    document = json.loads(client.get("/api/v3/openapi.json").content)
    # Only ours: Wagtail's part is not what is tested here, and takes the generator half a minute.
    document["paths"] = {
        path: {"get": operations["get"]}
        for path, operations in document["paths"].items()
        if operations.get("get", {}).get("operationId", "").startswith("federation_")
    }
    (tmp_path / "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "config.yml").write_text("post_hooks: []\npackage_name_override: federation_client\n")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", "openapi.json"]
    done = subprocess.run(
        [*command, "--config", "config.yml", "--meta", "none", "--output-path", str(tmp_path / "federation_client")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    models = importlib.import_module("federation_client.models")
    chapters = models.FederationChapterList.from_dict(json.loads(client.get("/api/v3/chapters/").content))
    assert {chapter.ref for chapter in chapters.items} == {"world", "mena", "maghreb", "tn", "mr", "fr"}
    entries = models.FederationEntryList.from_dict(json.loads(client.get("/api/v3/entries/?type=case").content))
    assert [item.ref for item in entries.items] == [case.ref]
    detail = models.FederationCaseDetail.from_dict(json.loads(client.get(f"/api/v3/cases/{case.ref}/").content))
    assert (detail.title, detail.kind.code, [c.code for c in detail.countries]) == (case.title, "case", ["TN"])
    api = importlib.import_module("federation_client.api.cases.federation_cases_detail")
    assert api._get_kwargs(ref=case.ref)["url"] == f"/api/v3/cases/{case.ref}/"
