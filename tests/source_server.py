"""A real HTTP server on loopback that serves files as a source does, and misbehaves on request."""

import hashlib
import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Fault = Callable[["Handler", bytes], None]


class Source:
    """What is served: files by name, a list of faults for each (used up one a request), and what was asked."""

    def __init__(self, server: ThreadingHTTPServer):
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.always: Fault | None = None
        self.asked: list[tuple[str, str | None, float]] = []
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()
        self.port = server.server_address[1]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/gdeltv2/"

    def names_asked(self) -> list[str]:
        return [name for name, _, _ in self.asked]

    def ranges_asked(self, name: str) -> list[str | None]:
        return [span for asked, span, _ in self.asked if asked == name]

    def listed(self, *names: str) -> str:
        """Lines of a list for served files, in the source's own form and with its own host, which nobody asks."""
        return "".join(
            f"{len(self.files[name])} {hashlib.md5(self.files[name]).hexdigest()} http://data.example.org/gdeltv2/{name}\n"
            for name in names
        )


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    source: Source

    def do_GET(self) -> None:
        name = self.path.removeprefix("/gdeltv2/")
        source = self.source
        with source.lock:
            source.asked.append((name, self.headers.get("Range"), time.monotonic()))
            source.at_once += 1
            source.most_at_once = max(source.most_at_once, source.at_once)
            fault = source.faults[name].pop(0) if source.faults[name] else source.always
        try:
            if fault:
                fault(self, source.files.get(name, b""))
            elif name in source.files:
                self.serve(source.files[name])
            else:
                self.answer(404)
        finally:
            with source.lock:
                source.at_once -= 1

    def serve(self, content: bytes) -> None:
        span = self.headers.get("Range")
        if not span:
            return self.answer(200, content)
        first, last = span.removeprefix("bytes=").split("-")
        start = int(first) if first else max(0, len(content) - int(last))
        if start >= len(content):
            return self.answer(416)
        place = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return self.answer(206, content[start:], {"Content-Range": place})

    def answer(
        self, status: int, content: bytes = b"", headers: dict[str, str] | None = None, promised: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if promised is None else promised))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def status(code: int, **headers: str) -> Fault:
    return lambda handler, content: handler.answer(code, b"an error page", {k.replace("_", "-"): v for k, v in headers.items()})


def cut(after: int) -> Fault:
    """Promises the whole, sends a part, closes."""

    def fault(handler: Handler, content: bytes) -> None:
        handler.answer(200, content[:after], promised=len(content))
        handler.close_connection = True

    return fault


def reset(after: int = 0) -> Fault:
    """Sends a part, then resets the connection."""

    def fault(handler: Handler, content: bytes) -> None:
        handler.answer(200, content[:after], promised=len(content))
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()
        handler.close_connection = True

    return fault


def wrong_bytes(handler: Handler, content: bytes) -> None:
    """As many bytes as promised, but others."""
    handler.answer(200, bytes(len(content)))


def too_long(handler: Handler, content: bytes) -> None:
    handler.answer(200, content + b"more")


def whole_despite_range(handler: Handler, content: bytes) -> None:
    handler.answer(200, content)


def silent(seconds: float) -> Fault:
    """Promises the whole, sends nothing for a while."""

    def fault(handler: Handler, content: bytes) -> None:
        handler.answer(200, promised=len(content))
        handler.wfile.flush()
        time.sleep(seconds)
        handler.close_connection = True

    return fault


def trickle(pieces: int, pause: float) -> Fault:
    """Sends a few bytes at a time, never silent for long, and goes on until the other side hangs up."""

    def fault(handler: Handler, content: bytes) -> None:
        span = handler.headers.get("Range")
        start = int(span.removeprefix("bytes=").rstrip("-")) if span else 0
        rest, step = content[start:], max(1, len(content) // pieces)
        handler.answer(206 if span else 200, promised=len(rest))
        try:
            for place in range(0, len(rest), step):
                handler.wfile.write(rest[place : place + step])
                time.sleep(pause)
        except OSError:
            handler.close_connection = True

    return fault


@contextmanager
def source_server() -> Iterator[Source]:
    """A source on a free port of loopback; stops with the block."""
    handler = type("SourceHandler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that hangs up is what some tests are about
    handler.source = source = Source(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
