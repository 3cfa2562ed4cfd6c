"""Run in a process of its own: makes the data, counts queries, and prints the counts as JSON."""

import json
import os
import sys


def main(total: int) -> None:
    """Migrate, write articles up to a total, count."""
    import django

    django.setup()
    from django.core.management import call_command

    from .articles import open_federation
    from .entries import write_entries

    call_command("migrate", verbosity=0)
    open_federation()
    write_entries(total)
    json.dump(query_counts(), sys.stdout)


def query_counts() -> dict[str, int]:
    """SQL queries that one answer costs once the process is warm, with no finished answers kept."""
    from search.models import Entry

    from .questions import EMPTY, FACETS, FILTERED, NEWEST, PAGES, V2_LIST

    entry = Entry.objects.filter(type="article").order_by("-date", "-pk")[2000]
    page = entry.path.rstrip("/").rsplit("-", 1)[-1]
    paths = {
        "newest 20": NEWEST,
        "newest 1": NEWEST.replace("limit=20", "limit=1"),
        "newest 100": NEWEST.replace("limit=20", "limit=100"),
        "country + kind, page 1": FILTERED,
        "country + kind, offset 2000": f"{FILTERED}&offset=2000",
        "newest 20 with 7 facets": f"{NEWEST}&{FACETS}",
        "detail by ref": f"/api/v3/articles/{entry.ref}/",
        **PAGES,
        "empty view": EMPTY,
        "v2 list": V2_LIST,
        "v2 detail": f"/api/v2/pages/{page_id(page)}/",
    }
    return {name: _queries_of(path) for name, path in paths.items()}


def page_id(slug: str) -> int:
    """Primary key of an invented article, by the number at the end of its slug."""
    from chapters.models import ArticlePage

    return ArticlePage.objects.values_list("pk", flat=True).get(slug=f"article-{slug}")


def _queries_of(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    return len(queries)


if __name__ == "__main__":
    os.environ.update(DJANGO_SETTINGS_MODULE="federation.bench.settings", LIST_CACHE_ENTRIES="0")
    main(int(sys.argv[1]))
