"""Makes the environment and starts what was asked for. Needs nothing but Python; old ones are told what to do.

Written so that Python 2.7 and 3.x can read it: only then can it say that it is too old.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")


def stop(sentence):
    """Say what is wrong and what to do, and end."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


def check_python(version=sys.version_info):
    """Python 3.11 is the least."""
    if tuple(version[:2]) < (3, 11):
        stop(
            "Federation needs Python 3.11 or newer; this is %d.%d. Install a newer one and name it: make run PYTHON=python3.12"
            % tuple(version[:2])
        )


def check_venv():
    """Debian and others ship Python without the modules that make environments."""
    try:
        import ensurepip
        import venv  # noqa: F401

        ensurepip.version()
    except ImportError:
        stop(
            "Python's venv module is missing. On Debian and Ubuntu: apt-get install python%d.%d-venv - then run this again."
            % tuple(sys.version_info[:2])
        )


def check_port(text):
    """A port that nobody listens on."""
    import socket

    try:
        port = int(text)
        if not 1 <= port <= 65535:
            raise ValueError
    except ValueError:
        stop("'%s' is no port. Give a number from 1 to 65535: make run PORT=8001" % text)
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except OSError:
        stop(
            "Port %d is taken or not allowed. Choose another: make run PORT=%d"
            % (port, 8001 if port == 8000 else port + 1)
        )
    finally:
        taken.close()
    return port


def fingerprint(names):
    """Of the files that say what is to be installed, and of the Python that installs it."""
    digest = hashlib.sha256(sys.version.encode())
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as requirements:
            digest.update(requirements.read())
    return digest.hexdigest()


def has_pip():
    """Whether the environment is there and whole."""
    with open(os.devnull, "w") as nothing:
        command = [PYTHON, "-m", "pip", "--version"]
        return os.path.exists(PYTHON) and subprocess.call(command, stdout=nothing, stderr=nothing) == 0


def make_environment(names):
    """The environment with these requirements; nothing is done when it is there already."""
    stamp = os.path.join(VENV, ".federation-" + "-".join(name.replace(".txt", "") for name in names))
    wanted = fingerprint(names)
    if os.path.exists(stamp) and os.path.exists(PYTHON):
        with open(stamp) as written:
            if written.read() == wanted:
                return
    if not has_pip():
        print("Making the environment (.venv) ...")
        sys.stdout.flush()
        # Whatever an interrupted run left there goes.
        if subprocess.call([sys.executable, "-m", "venv", "--clear", VENV]) != 0:
            stop("The environment could not be made in %s; the lines above say why." % VENV)
    print("Installing what it needs; the first time takes a minute ...")
    sys.stdout.flush()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for name in names:
        command += ["-r", os.path.join(ROOT, name)]
    if subprocess.call(command) != 0:
        stop("Installing failed; the lines above say why. Federation needs PyPI or a mirror of it for the first run.")
    with open(stamp, "w") as written:
        written.write(wanted)


def main(arguments):
    """`run [PORT]` serves; `environment` makes what the checks need."""
    check_python()
    check_venv()
    os.chdir(ROOT)
    if arguments[:1] == ["run"]:
        port = check_port(arguments[1] if len(arguments) > 1 else "8000")
        make_environment(["requirements.txt"])
        sys.stdout.flush()
        os.execv(PYTHON, [PYTHON, "-m", "federation.serving", str(port)])
    elif arguments[:1] == ["environment"]:
        make_environment(["requirements.txt", "requirements-dev.txt"])
    else:
        stop("usage: bootstrap.py run [PORT] | environment")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Ended. The next run goes on where this one was.")
