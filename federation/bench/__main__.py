"""`make bench [SIZES="5000 50000"]`: what reading costs, through the production server.

The API stands beside Wagtail's v2 API on the same data, pages of the site beside an empty view of the same server.
"""

import json
import os
import platform
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from federation.serving import start_server, wait_until_it_answers, write_env_file

from .load import Measured, measure
from .questions import Question, questions

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "var" / "bench"
SIZES = (5_000, 50_000)
# Each question is asked in several rounds, in turn with the others: what else the machine does then meets all alike.
ROUNDS, SECONDS = 3, 2.0
CACHE_ENTRIES = {"no finished answers kept": "0", "finished answers kept": "512"}


def main(sizes: list[int]) -> None:
    """For each size: data, then all questions with and without finished answers kept."""
    write_env_file()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "federation.bench.settings"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, one server process over loopback.", flush=True)
    try:
        for size in sorted(sizes):
            print(f"\nWriting {size} articles ...", flush=True)
            counts = _data_of(size)
            for name, entries in CACHE_ENTRIES.items():
                with server(entries) as port:
                    asked = questions(port)
                    print_table(f"{size} articles, {name}", asked, measured(port, asked), counts)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def _data_of(size: int) -> dict[str, int]:
    command = [sys.executable, "-m", "federation.bench.data", str(size)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own module
    return dict(json.loads(done.stdout))


@contextmanager
def server(cache_entries: str) -> Iterator[int]:
    """The production server on a free port, as `make run` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ.update(LIST_CACHE_ENTRIES=cache_entries, PORT=str(port))
    process = start_server(port)
    try:
        if not wait_until_it_answers(port, process):
            raise RuntimeError("The server did not start.")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def measured(port: int, asked: list[Question]) -> dict[str, Measured]:
    """The middle one of several rounds, by throughput; a short first round warms up."""
    for question in asked:
        measure(port, question.paths, seconds=0.5)
    rounds = [{q.name: measure(port, q.paths, seconds=SECONDS) for q in asked} for _ in range(ROUNDS)]
    return {question.name: _middle([one[question.name] for one in rounds]) for question in asked}


def _middle(several: list[Measured]) -> Measured:
    middle = median(one.per_second for one in several)
    return min(several, key=lambda one: abs(one.per_second - middle))


def print_table(title: str, asked: list[Question], results: dict[str, Measured], counts: dict[str, int]) -> None:
    """One line a question: throughput, times, queries, and how many times Wagtail's."""
    print(f"\n{title}\n{'':34}{'per s':>9}{'p50 ms':>9}{'p99 ms':>9}{'queries':>9}  throughput against")
    for question in asked:
        one = results[question.name]
        queries = counts.get(question.name, counts["country + kind, page 1"])
        figures = f"{one.per_second:9.0f}{one.p50:9.2f}{one.p99:9.2f}{queries:9}"
        print(f"{question.name:34}{figures}{_against(question, results)}")
    first, deep = results["country + kind, page 1"], results["country + kind, 2000th by cursor"]
    print(f"2000th item by cursor against page 1: {deep.per_second / first.per_second:.2f} of the throughput")
    print(f"queries for 1, 20, 100 items: {', '.join(str(counts[f'newest {n}']) for n in (1, 20, 100))}", flush=True)


def _against(question: Question, results: dict[str, Measured]) -> str:
    """How many times the answers of the question beside it; what is slower, to two places."""
    if not question.against:
        return ""
    times = results[question.name].per_second / results[question.against].per_second
    return f"  {times:.{1 if times >= 1 else 2}f} x {question.against}"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [*SIZES])
