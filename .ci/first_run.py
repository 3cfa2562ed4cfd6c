"""`make run` as a stranger meets it: from a clean copy, with an environment of its own. Fails with a sentence.

Python's standard library alone; needs PyPI. The addresses that `make run` prints are all asked for; a second run must
be up in seconds and change nothing; Ctrl-C must end everything. Between start and end of the first run the site is
looked at in a browser (.ci/browser), when `FEDERATION_BROWSER=yes`.
"""

import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIRST_SECONDS, SECOND_SECONDS = 180, 30
BROWSER = ROOT / ".ci" / "browser"
WITH_BROWSER = os.environ.get("FEDERATION_BROWSER") == "yes"
# What a server that merely runs may write: sessions, the second at which somebody logged in, the scheduler's traces.
MOVING_TABLES = {"django_session", "auth_user"}


def main() -> None:
    """Copy, run, look, end; then once more."""
    with tempfile.TemporaryDirectory(prefix="federation-first-run-") as folder:
        house = Path(folder) / "federation"
        copy_house(house)
        port = free_port()
        took = run_once(house, port, FIRST_SECONDS, look_in_a_browser if WITH_BROWSER else None)
        before = contents(house)
        again = run_once(house, port, SECOND_SECONDS)
        changed = [name for name, value in contents(house).items() if before.get(name) != value]
        if changed:
            sys.exit(f"The second run changed {', '.join(changed)}.")
        if (house / ".env").stat().st_mode & 0o077:
            sys.exit("Others may read .env.")
        print(f"make run: first {took:.0f} s, second {again:.0f} s; nothing changed in between.")


def copy_house(house: Path) -> None:
    """What a clone would have: tracked files and new ones, nothing that is ignored."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, house / name)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def run_once(house: Path, port: int, seconds: float, meanwhile: Callable[[int, Path], None] | None = None) -> float:
    """Start, wait for the addresses, ask for each, press Ctrl-C; seconds until they were printed."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VIRTUAL_ENV"}}
    started = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=house,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout or ()), daemon=True)
    reader.start()
    try:
        while not any("/api/v3/docs/" in line for line in lines):
            if process.poll() is not None or time.monotonic() - started > seconds:
                sys.exit(f"make run was not up within {seconds} s and said:\n{''.join(lines)[-3000:]}")
            time.sleep(0.1)
        took = time.monotonic() - started
        ask_for_all("".join(lines), port)
        refuse_taken_port(house, port)
        if meanwhile:
            meanwhile(port, house)
        return took
    finally:
        end(process, port)


def ask_for_all(said: str, port: int) -> None:
    """Every address that was printed answers with a page or a document."""
    addresses = re.findall(rf"http://127\.0\.0\.1:{port}/\S*", said)
    if len(addresses) < 4:
        sys.exit(f"make run printed only {addresses}.")
    for address in addresses:
        with urllib.request.urlopen(address, timeout=30) as answer:
            if answer.status != 200 or not answer.read():
                sys.exit(f"{address} answered {answer.status}.")


def look_in_a_browser(port: int, house: Path) -> None:
    """Every kind of page by axe-core and the Nu HTML checker; then readers and every role of the admin at work."""
    keys = dict(line.split("=", 1) for line in (house / ".env").read_text(encoding="utf-8").splitlines() if "=" in line)
    command = ["node", "check.mjs", f"http://127.0.0.1:{port}"]
    passwords = {name: keys[name] for name in keys if name.endswith("_PASSWORD")}
    started = time.monotonic()
    done = subprocess.run(command, cwd=BROWSER, env={**os.environ, **passwords}, timeout=900, check=False)
    if done.returncode:
        sys.exit("The browser found what the lines above say.")
    print(f"Looked at in a browser: {time.monotonic() - started:.0f} s.")


def refuse_taken_port(house: Path, port: int) -> None:
    """Whoever starts it twice is told what to do."""
    done = subprocess.run(
        ["make", "run", f"PORT={port}"], cwd=house, capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode == 0 or f"Port {port} is taken" not in done.stderr:
        sys.exit(f"A taken port was answered with: {done.stdout}{done.stderr}")


def end(process: "subprocess.Popen[str]", port: int) -> None:
    """Ctrl-C, as a terminal sends it: to everybody in the foreground. Nobody may be left on the port."""
    os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        sys.exit("make run did not end within 30 s of Ctrl-C.")
    with socket.socket() as left:
        if left.connect_ex(("127.0.0.1", port)) == 0:
            sys.exit("After Ctrl-C somebody still listens.")


def contents(house: Path) -> dict[str, str]:
    """A fingerprint of each table, of the files, of the keys."""
    marks = {".env": hashlib.sha256((house / ".env").read_bytes()).hexdigest()}
    files = sorted(path.relative_to(house).as_posix() for path in (house / "var" / "media").rglob("*"))
    marks["media"] = hashlib.sha256("\n".join(files).encode()).hexdigest()
    with sqlite3.connect(house / "var" / "federation.sqlite3") as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in set(tables) - MOVING_TABLES:
            rows = database.execute(f'SELECT * FROM "{table}"').fetchall()
            marks[table] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    return marks


if __name__ == "__main__":
    main()
