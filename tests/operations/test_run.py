"""The pieces of `make run`; the whole of it, from a clean copy, is run by `.ci/first_run.py`."""

import socket
import stat
import sys
from pathlib import Path
from unittest import mock

import pytest

from federation import bootstrap, serving, tending


def sentence_of(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_old_python_is_told_which_one_to_use(version: tuple[int, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bootstrap.check_python(version)
    assert sentence_of(capsys) == (
        f"Federation needs Python 3.11 or newer; this is {version[0]}.{version[1]}. "
        "Install a newer one and name it: make run PYTHON=python3.12"
    )


def test_new_python_is_taken() -> None:
    bootstrap.check_python((3, 11, 0))
    bootstrap.check_python((3, 14, 1))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_python_without_its_environment_module_is_told_what_to_install(
    module: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with mock.patch.dict(sys.modules, {module: None}), pytest.raises(SystemExit):
        bootstrap.check_venv()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt-get install python{version}-venv" in sentence_of(capsys)


def test_taken_port_is_told_to_choose_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit):
            bootstrap.check_port(str(port))
    assert sentence_of(capsys) == f"Port {port} is taken or not allowed. Choose another: make run PORT={port + 1}"


@pytest.mark.parametrize("text", ["", "http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bootstrap.check_port(text)
    assert sentence_of(capsys) == f"'{text}' is no port. Give a number from 1 to 65535: make run PORT=8001"


def test_environment_is_made_once_and_again_when_requirements_change(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("a==1\n")
    called: list[list[str]] = []
    venv = tmp_path / ".venv"

    def call(command: list[str], **_streams: object) -> int:
        called.append(command[1:3])
        (venv / "bin").mkdir(parents=True, exist_ok=True)
        (venv / "bin" / "python").touch()
        return 0

    places = {"ROOT": str(tmp_path), "VENV": str(venv), "PYTHON": str(venv / "bin" / "python")}
    with mock.patch.multiple(bootstrap, **places), mock.patch.object(bootstrap.subprocess, "call", call):
        bootstrap.make_environment(["requirements.txt"])
        assert called == [["-m", "venv"], ["-m", "pip"]]
        bootstrap.make_environment(["requirements.txt"])
        assert len(called) == 2
        (tmp_path / "requirements.txt").write_text("a==2\n")
        bootstrap.make_environment(["requirements.txt"])
    assert called[2:] == [["-m", "pip"], ["-m", "pip"]]


def test_keys_are_generated_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert serving.write_env_file(path)
    written = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [line.partition("=")[0] for line in written.splitlines()] == [
        "SECRET_KEY",
        "ADMIN_PASSWORD",
        "STAFF_PASSWORD",
        "MODERATOR_PASSWORD",
        "EDITOR_PASSWORD",
        "TRANSLATOR_PASSWORD",
        "OFFICER_PASSWORD",
    ]
    assert len({line.partition("=")[2] for line in written.splitlines()}) == 7
    assert not serving.write_env_file(path)
    assert path.read_text() == written


def test_an_older_file_of_keys_keeps_them_and_gets_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("SECRET_KEY=kept\nADMIN_PASSWORD=kept too")
    path.chmod(0o600)
    assert not serving.write_env_file(path)
    lines = path.read_text().splitlines()
    assert lines[:2] == ["SECRET_KEY=kept", "ADMIN_PASSWORD=kept too"]
    assert [line.partition("=")[0] for line in lines[2:]] == [
        f"{name}_PASSWORD" for name in ("STAFF", "MODERATOR", "EDITOR", "TRANSLATOR", "OFFICER")
    ]


@pytest.fixture
def passwords(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A password for each login, in the environment."""
    chosen = {name: f"{name}-of-the-env-file" for name in serving.LOGINS}
    for name, password in chosen.items():
        monkeypatch.setenv(serving.password_name(name), password)
    return chosen


@pytest.mark.django_db
def test_printed_logins_are_those_that_work(passwords: dict[str, str], federation: object) -> None:
    from django.contrib.auth import authenticate, get_user_model

    from chapters.models import RoleAssignment
    from home.demo.people import load_people

    load_people()
    assert serving.make_logins(new_passwords=False) == passwords
    assert [authenticate(username=name, password=password).username for name, password in passwords.items()] == [
        *serving.LOGINS
    ]
    users = get_user_model().objects
    assert list(users.filter(is_superuser=True).values_list("username", flat=True)) == ["admin"]
    roles = RoleAssignment.objects.in_force().values_list("user__username", "role", "chapter__code", "locales")
    assert sorted(roles) == [
        ("editor", "editor", "tn", []),
        ("moderator", "moderator", "tn", []),
        ("officer", "case-officer", "tn", []),
        ("staff", "staff", "world", []),
        ("translator", "translator", "tn", ["ar"]),
    ]
    staff = users.get(username="staff")
    staff.set_password("changed in the admin")
    staff.save()
    assert serving.make_logins(new_passwords=False)["staff"] == "the password that was set in the admin"
    assert serving.make_logins(new_passwords=True) == passwords


@pytest.mark.django_db
def test_people_of_the_demonstration_get_their_roles_once(federation: object) -> None:
    from chapters.models import RoleAssignment
    from chapters.roles import end_role
    from home.demo.people import PEOPLE, load_people

    assert load_people() == len(PEOPLE)
    assert load_people() == 0
    end_role(RoleAssignment.objects.get(user__username="editor"), by=None)
    assert load_people() == 0
    assert not RoleAssignment.objects.in_force().filter(user__username="editor").exists()


def test_every_login_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    serving.print_addresses(8001, {name: f"{name}-secret" for name in serving.LOGINS})
    shown = capsys.readouterr().out
    assert [line.split()[-3:] for line in shown.splitlines() if "-secret" in line] == [
        [name, "/", f"{name}-secret"] for name in serving.LOGINS
    ]


@pytest.mark.django_db
def test_tending_goes_on_after_a_failure_and_ends_when_told() -> None:
    rounds: list[str] = []

    def tend(name: str, verbosity: int) -> None:
        rounds.append(name)
        if len(rounds) == 1:
            raise RuntimeError("the database is locked")

    with mock.patch("django.core.management.call_command", tend):
        tending.tend_while(lambda: len(rounds) < 3, every=0.0, pause=0.0)
    assert rounds == ["tend", "tend", "tend"]
