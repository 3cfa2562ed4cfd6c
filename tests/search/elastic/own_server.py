"""A server of one's own, to be killed and brought back with the data that it had."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from elasticsearch import Elasticsearch

COMMAND = os.environ.get("ELASTICSEARCH_COMMAND", "")
SECONDS_TO_START = 180


class OwnServer:
    """Started by ELASTICSEARCH_COMMAND on a port of its own; nobody else uses it."""

    def __init__(self) -> None:
        """Start it; it has no data."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # Its second port is a thousand above: both must be below 65536.
        self.port = port if port < 64000 else port - 2000
        self.url = self._command("start").strip()
        self.started_again: subprocess.Popen[bytes] | None = None
        self._launcher()

    def _command(self, what: str) -> str:
        environment = {**os.environ, "ELASTICSEARCH_PORT": str(self.port), "ELASTICSEARCH_HEAP": "256m"}
        done = subprocess.run(
            [COMMAND, what], env=environment, stdout=subprocess.PIPE, text=True, timeout=600, check=True
        )
        return done.stdout

    def _launcher(self) -> None:
        """How the process that starts the server was started: to do the same again."""
        with Elasticsearch(self.url) as client:
            (node,) = client.nodes.info(metric="process")["nodes"].values()
        self.pid = int(node["process"]["id"])
        launcher = _parent_of(self.pid)
        self.arguments = _strings(launcher, "cmdline")
        self.environment = dict(line.split("=", 1) for line in _strings(launcher, "environ"))
        self.folder = str(Path(f"/proc/{launcher}/cwd").readlink())
        self.user = Path(f"/proc/{launcher}").stat().st_uid

    def kill(self) -> None:
        """At once, in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        while Path(f"/proc/{self.pid}/stat").exists() and _state_of(self.pid) != "Z":
            time.sleep(0.02)

    def start_again(self) -> None:
        """With its data; returns when it answers."""
        user = self.user if os.getuid() == 0 else None
        self.started_again = subprocess.Popen(
            self.arguments,
            env=self.environment,
            cwd=self.folder,
            user=user,
            group=user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + SECONDS_TO_START
        with Elasticsearch(self.url, max_retries=0) as client:
            while not client.ping():
                if time.monotonic() > end or self.started_again.poll() is not None:
                    raise RuntimeError("Elasticsearch did not come back.")
                time.sleep(0.2)
            client.cluster.health(wait_for_status="yellow", timeout="60s")
            (node,) = client.nodes.info(metric="process")["nodes"].values()
        self.pid = int(node["process"]["id"])

    def end(self) -> None:
        """For good."""
        if self.started_again is not None and self.started_again.poll() is None:
            os.killpg(self.started_again.pid, signal.SIGKILL)
            self.started_again.wait()
        self._command("stop")


def _strings(pid: int, name: str) -> list[str]:
    return Path(f"/proc/{pid}/{name}").read_bytes().decode().rstrip("\0").split("\0")


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _state_of(pid: int) -> str:
    return _stat(pid)[0]


def _parent_of(pid: int) -> int:
    return int(_stat(pid)[1])
