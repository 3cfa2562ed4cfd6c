"""A small load generator: a few kept-alive connections that ask one after another, bounded in count and time."""

import socket
import time
from dataclasses import dataclass
from itertools import cycle, islice
from threading import Thread

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of asking: answers a second, and milliseconds that half and 99 of 100 answers took at most."""

    per_second: float
    p50: float
    p99: float
    answers: int


class Connection:
    """One kept-alive HTTP/1.1 connection. It reads no more of an answer than tells where it ends."""

    def __init__(self, port: int) -> None:
        """Connect to a port of this machine."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def get(self, path: str) -> bytes:
        """The body at a path. RuntimeError for any status but 200: errors are fast, and must not count."""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n".encode())
        head = self._until(b"\r\n\r\n").lower()
        if not head.startswith(b"http/1.1 200 "):
            raise RuntimeError(f"{path} answered {head.splitlines()[0].decode()}.")
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        return self._exactly(int(length)) if length else self._chunks()

    def close(self) -> None:
        """End the connection."""
        self.socket.close()

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._exactly(size + 2)[:-2]
        self._until(b"\r\n")
        return body

    def _until(self, mark: bytes) -> bytes:
        while (end := self.buffer.find(mark)) < 0:
            self._receive()
        found, self.buffer = self.buffer[:end], self.buffer[end + len(mark) :]
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._receive()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def _receive(self) -> None:
        more = self.socket.recv(262_144)
        if not more:
            raise RuntimeError("The server ended the connection.")
        self.buffer += more


def measure(port: int, paths: list[str], *, seconds: float, most: int = 20_000) -> Measured:
    """Ask for these paths in turn, over and over, until time or count is up."""
    took: list[float] = []
    failures: list[Exception] = []
    end = time.perf_counter() + seconds

    def ask(first: int) -> None:
        connection = Connection(port)
        try:
            for path in islice(cycle(paths), first, first + most // CONNECTIONS):
                before = time.perf_counter()
                if before >= end:
                    break
                connection.get(path)
                took.append(time.perf_counter() - before)
        except Exception as error:  # raised again below, by the thread that asked for the measurement
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(number * len(paths) // CONNECTIONS,)) for number in range(CONNECTIONS)]
    before = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return summed_up(took, time.perf_counter() - before)


def summed_up(took: list[float], seconds: float) -> Measured:
    """Throughput and percentiles of times in seconds."""
    ordered = sorted(took)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.99))
    return Measured(len(ordered) / seconds, p50, p99, len(ordered))
