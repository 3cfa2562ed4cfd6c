"""`make run`: migrates, loads the demonstration federation, serves it, and tends it while it runs."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENV_FILE = ROOT / ".env"
# How often scheduled pages are published and the register is looked after, in seconds.
TEND_EVERY = 60


def write_env_file(path: Path = ENV_FILE) -> None:
    """Generated keys and passwords, readable by their owner alone; never changed once written."""
    if path.exists():
        return
    lines = [
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"ADMIN_PASSWORD={secrets.token_urlsafe(12)}",
        f"EDITOR_PASSWORD={secrets.token_urlsafe(12)}",
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def prepare() -> None:
    """Database, static files, demonstration federation, logins. On a second run each finds its work done."""
    from django.core.management import call_command

    (ROOT / "var").mkdir(exist_ok=True)
    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo")
    make_logins()


def make_logins() -> None:
    """An administrator and an editor of the Tunisian chapter, with the passwords of `.env`."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    users = get_user_model().objects
    if not users.filter(username="admin").exists():
        users.create_superuser("admin", "admin@example.org", os.environ["ADMIN_PASSWORD"])
    if not users.filter(username="editor").exists():
        editor = users.create_user("editor", "editor@example.org", os.environ["EDITOR_PASSWORD"])
        editor.groups.set(Group.objects.filter(name="tn: editors"))


def start_server(port: int) -> subprocess.Popen[bytes]:
    """The production server: one process, so that the register is kept in memory once; four threads."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "federation.wsgi:application"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    return subprocess.Popen([*command, *options, "--log-level", "warning", "--no-ws"], cwd=ROOT)


def wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]", seconds: float = 60) -> bool:
    """Whether the API answers in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v3/entries/?limit=1", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def print_addresses(port: int) -> None:
    """Where everything is, and who may log in."""
    base = f"http://127.0.0.1:{port}"
    print(
        f"""
Federation is running. Ctrl-C ends it.

  Site              {base}/
  Admin             {base}/admin/
    administrator   admin / {os.environ["ADMIN_PASSWORD"]}
    editor (tn)     editor / {os.environ["EDITOR_PASSWORD"]}
  API               {base}/api/v3/entries/
  API documentation {base}/api/v3/docs/
""",
        flush=True,
    )


def tend(server: "subprocess.Popen[bytes]") -> None:
    """Until the server ends: publish what is scheduled, finish what was put off, repair what drifted."""
    from django.core.management import call_command
    from django.db import close_old_connections

    due = time.monotonic() + TEND_EVERY
    while server.poll() is None:
        time.sleep(0.5)
        if time.monotonic() < due:
            continue
        try:
            call_command("tend", verbosity=0)
        except Exception as error:  # the next minute tries again; the readers notice nothing
            print(f"Tending failed: {type(error).__name__}", file=sys.stderr)
        close_old_connections()
        due = time.monotonic() + TEND_EVERY


def main(port: int) -> int:
    """Everything, until Ctrl-C."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "federation.settings.embedded"
    os.environ["PORT"] = str(port)
    write_env_file()
    import django

    django.setup()
    prepare()
    server = start_server(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if not wait_until_it_answers(port, server):
            print("The server did not start; the lines above say why.", file=sys.stderr)
            return 1
        print_addresses(port)
        tend(server)
    except KeyboardInterrupt:
        print("\nEnding ...")
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
