"""A site on loopback that answers as publishers do, well and badly, and remembers what it was asked."""

import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bilateral.intake import store
from bilateral.intake.source_list import Source
from bilateral.sources.manners import Manners

QUICK = Manners(connections=1, attempts=2, patience=2.0, first_wait=0.01, longest_wait=0.02, silence=0.5, one_attempt=0.6)
"""A run that does not wait long."""


@dataclass(frozen=True)
class Reply:
    """What one request gets: `promised` bytes where the length is lied about, `pause` seconds between pieces."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int | None = None
    pause: float = 0.0


class Site:
    """Replies by path with its query, or by path alone; of a list the first is used up by each request, the last one stays."""

    def __init__(self, port: int, scheme: str = "http"):
        self.address = f"{scheme}://127.0.0.1:{port}"
        self.replies: dict[str, list[Reply]] = defaultdict(list)
        self.asked: list[tuple[str, Message, float]] = []

    def say(self, path: str, *replies: Reply | bytes) -> None:
        self.replies[path] = [reply if isinstance(reply, Reply) else Reply(reply) for reply in replies]

    def paths(self) -> list[str]:
        """What was asked, without robots.txt."""
        return [path for path, _, _ in self.asked if path != "/robots.txt"]

    def source(self, path: str, kind: str = "feed", **given) -> Source:
        return Source(f"made-{kind}", kind, self.address + path, **({"min_interval_s": 0.0, "language": "en"} | given))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, self.headers, time.monotonic()))
        replies = self.site.replies.get(self.path) or self.site.replies.get(self.path.partition("?")[0]) or [Reply(b"", 404)]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) if reply.promised is None else reply.promised))
        self.end_headers()
        step = 1 if reply.pause else max(1, len(reply.body))
        for place in range(0, len(reply.body), step):
            self.wfile.write(reply.body[place : place + step])
            time.sleep(reply.pause)
        if reply.promised is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def site_on_loopback(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port, by HTTPS with the certificate of a context; stops with the block."""
    handler = type("SiteHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up is what some tests are about
    handler.site = site = Site(server.server_address[1], "https" if tls else "http")
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# ------------------------------------------------------------------ what was kept of it


def kept(data: Path) -> list[tuple[str, str]]:
    """Ids and texts of all items, in the order in which they came."""
    with store.open(data) as connection:
        return [(item.item_id, item.text) for item in store.uncoded(connection)]


def states(data: Path) -> list[str]:
    """States of all requests, in their order."""
    with store.open(data) as connection:
        return [row["state"] for row in connection.execute("select state from fetches order by fetch_id")]
