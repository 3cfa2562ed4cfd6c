"""A database in memory, copied from a file of an earlier run: migrating takes longer than most tests do.

Two files stand in `var/`, one only migrated, one with the federation of the tests in it. Each is named by a fingerprint
of everything that making it reads: another state of that is another file.
"""

import fcntl
import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

APPS = ("federation", "chapters", "cases", "home", "search")
# What migrating, and what runs after it, reads. Other packages' migrations are named by their pinned versions.
MIGRATING = (
    "requirements.txt",
    "federation/settings/*.py",
    "federation/vocabulary/**/*",
    "**/migrations/*.py",
    "**/models.py",
    "**/models/*.py",
    "**/apps.py",
)
# What opening chapters runs: anything of ours.
OPENING = (*MIGRATING, "**/*.py", "tests/factories.py")


def is_in_memory() -> bool:
    """Whether the tests run on SQLite in memory."""
    return bool(connection.vendor == "sqlite" and connection.settings_dict["NAME"] == ":memory:")


def open_prepared(root: Path, fill: Callable[[], object]) -> str:
    """Make the test database of the default connection; its former name, which `close` wants.

    Args:
        root: of the project.
        fill: puts into a migrated database what every test finds there.
    """
    former = str(connection.settings_dict["NAME"])
    with _alone(root / "var" / "test-database.lock"):
        filled, migrated = (_file(root, name, read) for name, read in (("filled", OPENING), ("migrated", MIGRATING)))
        if filled.exists():
            _copy_from(filled)
            return former
        if migrated.exists():
            _copy_from(migrated)
        else:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            _keep(migrated)
        fill()
        _keep(filled)
    return former


def close(former: str) -> None:
    """Forget the database."""
    connection.creation.destroy_test_db(former, verbosity=0)


def _copy_from(file: Path) -> None:
    name = connection.creation._get_test_db_name()
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as prepared:
        prepared.backup(connection.connection)


def _keep(file: Path) -> None:
    for old in file.parent.glob(f"{file.name.rpartition('-')[0]}-*"):
        old.unlink()
    unfinished = file.with_suffix(".part")
    with closing(sqlite3.connect(unfinished)) as target:
        connection.connection.backup(target)
    unfinished.rename(file)


def _file(root: Path, name: str, read: tuple[str, ...]) -> Path:
    digest = hashlib.sha256(f"{sys.version}{sqlite3.sqlite_version}".encode())
    for file in sorted({file for pattern in read for file in _of_ours(root, pattern)}):
        digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes())
    return root / "var" / f"test-database-{name}-{digest.hexdigest()[:20]}.sqlite3"


def _of_ours(root: Path, pattern: str) -> Iterator[Path]:
    places = [f"{app}/{pattern}" for app in APPS] if pattern.startswith("**/") else [pattern]
    for place in places:
        yield from (file for file in root.glob(place) if file.is_file() and file.suffix != ".pyc")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time: of several workers the first makes the file, the others wait for it."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
