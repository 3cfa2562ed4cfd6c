"""Run in a process of its own, with the host's settings: migrate, open a chapter, publish, list. Prints what came."""

import json
import os
import sys
from typing import Any

import django


def main() -> None:
    """Everything on a database in memory that goes with the process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.host_project.settings"
    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    open_host()
    statement = publish_statement()
    answers = {name: Client().get(path) for name, path in addresses(statement.ref).items()}
    json.dump({name: [answer.status_code, body_of(answer)] for name, answer in answers.items()}, sys.stdout)


def open_host() -> None:
    """The host's home page, as it was before the plugins came; then a federation of one chapter."""
    from wagtail.models import Page, Site

    from chapters.opening import open_chapter

    from .site.models import HostHomePage

    home = HostHomePage(title="Our old front", slug="front")
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    Site.clear_site_root_paths_cache()
    open_chapter("world", names={"en": "Federation"}, level="federation", languages=["en"])


def publish_statement() -> Any:
    """A public statement of that chapter."""
    from wagtail.models import Locale

    from cases.models import Statement
    from chapters.models import Chapter

    statement = Statement(
        title="No favour, a right",
        kind_id="statement",
        dated="2015-11-24",
        owner=Chapter.objects.get(code="world"),
        locale=Locale.objects.get(language_code="en"),
        live=False,
    )
    statement.save()
    statement.save_revision().publish()
    return statement


def addresses(ref: str) -> dict[str, str]:
    """What is asked, under the host's own root of the API."""
    return {
        "entries": "/data/entries/?type=statement&fields=title&fields=kind&fields=owner",
        "detail": f"/data/statements/{ref}/?fields=title",
        "unknown": "/data/entries/?countri=TN",
        "document": "/data/openapi.json",
        "front": "/",
        "login": "/cms/login/",
    }


def body_of(answer: Any) -> object:
    """The answer's JSON; of the API's own document only its paths; nothing of pages."""
    if "json" not in answer["Content-Type"]:
        return None
    value = json.loads(answer.content)
    return sorted(path for path in value["paths"] if "entries" in path) if "paths" in value else value


if __name__ == "__main__":
    main()
