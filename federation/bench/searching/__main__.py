"""`make bench-search [SIZES="5000 20000 100000"]`: what searching costs on each engine, beside Wagtail's own search.

SQLite always; PostgreSQL when DATABASE_URL names a server (a database of the benchmark's own is made there);
Elasticsearch, following the SQLite register, when ELASTICSEARCH_URL names one. Each in a process of its own.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import dj_database_url

from federation.serving import write_env_file

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "bench"
SIZES = (5_000, 20_000, 100_000)
DATABASE = "federation_bench"


def main(sizes: list[int]) -> None:
    """Every engine that can be reached, at every size."""
    write_env_file()
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores; one process, no finished answers kept.",
        flush=True,
    )
    for size in sorted(sizes):
        for name, environment in _engines().items():
            shutil.rmtree(FOLDER, ignore_errors=True)
            FOLDER.mkdir(parents=True)
            print_report(name, _measured(size, environment))
    shutil.rmtree(FOLDER, ignore_errors=True)


def _engines() -> dict[str, dict[str, str]]:
    """Name -> environment of the process that measures it."""
    engines = {"SQLite": {"BENCH_ENGINE": "database"}}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        engines["PostgreSQL"] = {"BENCH_ENGINE": "database", "BENCH_DATABASE_URL": _own_database()}
    if os.environ.get("ELASTICSEARCH_URL"):
        engines["Elasticsearch"] = {"BENCH_ENGINE": "elasticsearch"}
    return engines


def _own_database() -> str:
    """The URL of a new, empty database on the server."""
    import psycopg

    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return given.replace(f"/{dj_database_url.parse(given)['NAME']}", f"/{DATABASE}")


def _measured(size: int, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "federation.bench.searching.measuring", str(size)]
    settings = {"DJANGO_SETTINGS_MODULE": "federation.bench.settings", "LIST_CACHE_ENTRIES": "0"}
    done = subprocess.run(  # noqa: S603 - our own module
        command, cwd=ROOT, stdout=subprocess.PIPE, check=True, env={**os.environ, **settings, **environment}
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def print_report(name: str, measured: dict[str, Any]) -> None:
    """One engine at one size."""
    print(f"\n{name}, {measured['entries']} entries of {measured['things']} things in six languages")
    print(
        f"written in {measured['written']:.0f} s; text index built again in {measured['rebuilt']:.1f} s, "
        f"{measured['size']}; from publishing to being found {measured['publish']:.0f} ms; "
        f"memory of the process at most {measured['memory']:.0f} MB"
    )
    print(f"{'question':<34}{'found':>8}{'p50 ms':>9}{'p99 ms':>9}{'SQL':>5}   Wagtail's own")
    for question in measured["questions"]:
        beside = question["wagtail"]
        ratio = f"{beside['p50']:.0f} ms, {beside['p50'] / question['p50']:.1f} times as long" if beside else ""
        print(
            f"{question['name']:<34}{question['found']:>8}{question['p50']:>9.1f}{question['p99']:>9.1f}"
            f"{question['queries']:>5}   {ratio or question['note']}",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
