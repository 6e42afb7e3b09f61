"""A small reverse proxy on loopback, as a test needs it: one path prefix, stripped or not, and what it says of itself."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOPS = ("connection", "keep-alive", "transfer-encoding", "host")


class Handler(BaseHTTPRequestHandler):
    """Passes one request on. The server's attributes say where to and how."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        prefix = self.server.prefix
        if not self.path.startswith(prefix):
            self.send_error(404, "outside of the prefix")
            self.server.outside.append(self.path)
            return
        path = (self.path[len(prefix) :] or "/") if self.server.strips else self.path
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOPS}
        if self.server.says:
            headers |= {"X-Forwarded-For": self.client_address[0], "X-Forwarded-Proto": "http"}
            headers |= {"X-Forwarded-Host": self.headers["Host"], "X-Forwarded-Prefix": prefix}
        upstream = http.client.HTTPConnection(self.server.to, timeout=60)
        upstream.request(
            self.command, path if path.startswith("/") else f"/{path}", body or None, headers | {"Host": self.server.to}
        )
        answer = upstream.getresponse()
        content = answer.read()
        self.server.answered.append((answer.status, self.path))
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in (*HOPS, "content-length", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(ConnectionError):  # the browser has gone on to another page
            self.wfile.write(content)
        upstream.close()

    do_POST = do_GET  # noqa: N815  the library calls it so

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def proxying(prefix: str, strips: bool, says: bool) -> Iterator[ThreadingHTTPServer]:
    """A proxy; set `to` (host:port) before the first request. `answered` has the statuses, `outside` the paths without the prefix."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.prefix, server.strips, server.says = prefix, strips, says
    server.to, server.answered, server.outside = "", [], []
    server.address = f"http://127.0.0.1:{server.server_port}{prefix}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def behind(address: str) -> str:
    """host:port of a server's address."""
    return urlsplit(address).netloc
