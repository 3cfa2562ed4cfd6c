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

from .tending import tend_while

ROOT = Path(__file__).resolve().parents[1]
ENV_FILE = ROOT / ".env"


# Who may log in -> what they are called when `make run` prints them. All but the first are the demonstration's people.
LOGINS = {
    "admin": "operator",
    "staff": "federation staff",
    "moderator": "moderator (tn)",
    "editor": "editor (tn)",
    "translator": "translator (tn)",
    "officer": "case officer (tn)",
}


def password_name(username: str) -> str:
    """What a login's password is called in the environment."""
    return f"{username.upper()}_PASSWORD"


def write_env_file(path: Path = ENV_FILE) -> bool:
    """Generated keys and passwords, readable by their owner alone. Whether the file is new.

    What stands in it is never changed; what an older one lacks is added.
    """
    new = not path.exists()
    stored = "" if new else path.read_text(encoding="utf-8")
    known = {line.partition("=")[0].strip() for line in stored.splitlines()}
    wanted = {"SECRET_KEY": 50, **{password_name(username): 12 for username in LOGINS}}
    lines = [f"{name}={secrets.token_urlsafe(size)}" for name, size in wanted.items() if name not in known]
    if lines:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(("" if not stored or stored.endswith("\n") else "\n") + "\n".join(lines) + "\n")
    return new


def prepare(*, new_passwords: bool) -> dict[str, str]:
    """Database, static files, demonstration federation, logins. On a second run each finds its work done.

    Returns who may log in with which password.
    """
    from django.core.management import call_command

    (ROOT / "var").mkdir(exist_ok=True)
    print("Preparing the database ...", flush=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo")
    return make_logins(new_passwords=new_passwords)


def make_logins(*, new_passwords: bool) -> dict[str, str]:
    """An operator who may do everything, and passwords from `.env` for the demonstration's people.

    Args:
        new_passwords: `.env` was lost and written anew, so the logins that are there get its passwords.

    Returns user name -> what to type; of a password that somebody has changed, only that.
    """
    from django.contrib.auth import get_user_model

    users = get_user_model().objects
    if not users.filter(username="admin").exists():
        users.create_superuser("admin", "admin@example.org", os.environ[password_name("admin")])
    shown = {}
    for user in users.filter(username__in=LOGINS):
        password = os.environ[password_name(user.username)]
        if not user.has_usable_password() or (new_passwords and not user.check_password(password)):
            user.set_password(password)
            user.save(update_fields=["password"])
        shown[user.username] = password if user.check_password(password) else "the password that was set in the admin"
    return shown


def start_server(port: int) -> subprocess.Popen[bytes]:
    """The production server: one process, so that the register is kept in memory once; four threads.

    In a session of its own: Ctrl-C reaches us alone, and we end it with one signal. Two within a second (the terminal's
    and ours) left granian 2.8.7's worker hanging in four of six trials.
    """
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "federation.wsgi:application"]
    options = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    options += ["--workers-kill-timeout", "5", "--log-level", "warning", "--no-ws"]
    return subprocess.Popen([*command, *options], cwd=ROOT, start_new_session=True)


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


def print_addresses(port: int, logins: dict[str, str]) -> None:
    """Where everything is, and who may log in."""
    base = f"http://127.0.0.1:{port}"
    people = "\n".join(f"    {LOGINS[name]:<17} {name} / {logins[name]}" for name in LOGINS if name in logins)
    print(
        f"""
Federation is running. Ctrl-C ends it.

  Site              {base}/
  Admin             {base}/admin/
{people}
  API               {base}/api/v3/entries/
  API documentation {base}/api/v3/docs/
""",
        flush=True,
    )


def main(port: int) -> int:
    """Everything, until Ctrl-C; the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "federation.settings.embedded"
    os.environ["PORT"] = str(port)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        new_passwords = write_env_file()
        import django

        django.setup()
        return serve(port, prepare(new_passwords=new_passwords))
    except KeyboardInterrupt:
        print("\nEnded.")
        return 0


def serve(port: int, logins: dict[str, str]) -> int:
    """Server and scheduler: when one of them ends, so does the other."""
    server = start_server(port)
    try:
        if wait_until_it_answers(port, server):
            print_addresses(port, logins)
            tend_while(lambda: server.poll() is None)
        print("The server has stopped or did not start; the lines above say why.", file=sys.stderr)
        return 1
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
