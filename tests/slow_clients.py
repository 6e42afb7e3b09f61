"""Clients that hold a connection open on loopback and hardly send or read; and somebody who asks for /health meanwhile."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

LARGE = "/_dash-component-suites/plotly/package_data/plotly.min.js"
"""A large answer; four of them are more than the buffers of the system take."""
POST = "POST /_dash-update-component HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
BEGINNINGS = {
    "headers": "GET / HTTP/1.1\r\nHost: {host}\r\n",
    "body": POST + "Content-Length: 10000\r\n\r\n{{",
    "chunks": POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n",
    "answer": f"GET {LARGE} HTTP/1.1\r\nHost: {{host}}\r\n\r\n" * 4,
}
"""What a slow client of each sort sends at once."""
DROPS = {"headers": b"X-More: 1\r\n", "body": b" ", "chunks": b"1\r\n \r\n", "answer": b""}
"""What it sends from then on, now and then."""


def begin(address: str, sort: str) -> socket.socket:
    """One slow client that has begun."""
    parts = urlsplit(address)
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(5)
    client.connect((parts.hostname, parts.port))
    client.sendall(BEGINNINGS[sort].format(host=parts.netloc).encode())
    return client


@contextmanager
def slow_clients(address: str, sort: str, number: int = 100, pause: float = 0.5) -> Iterator[list[socket.socket]]:
    """So many slow clients of one sort; each sends a drop in every pause. One that the server has closed stays away."""
    clients: list[socket.socket] = []
    over = threading.Event()

    def drip() -> None:
        while not over.wait(pause):
            for client in clients:
                try:
                    client.send(DROPS[sort])
                except OSError:  # it was closed, as it should be
                    continue

    dripping = threading.Thread(target=drip)
    try:
        clients.extend(begin(address, sort) for _ in range(number))
        dripping.start()
        yield clients
    finally:
        over.set()
        if dripping.ident:
            dripping.join()
        for client in clients:
            client.close()


def health_times(address: str, seconds: float, patience: float = 10) -> list[float]:
    """Seconds that each question for /health took, one after the other on connections of their own; infinite where none came in time."""
    parts, times = urlsplit(address), []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            with socket.create_connection((parts.hostname, parts.port), timeout=patience) as client:
                client.sendall(f"GET /health HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
                found = client.recv(100)
            times.append(time.monotonic() - began if found.startswith(b"HTTP/1.1 200") else float("inf"))
        except OSError:
            times.append(float("inf"))
        time.sleep(0.1)
    return times
