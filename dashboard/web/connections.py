"""The connections of one worker. waitress takes whole requests and gives whole answers in one loop, so that no thread waits for a slow
reader; each phase of a connection has an end, and one that makes way when there is no room for more. gunicorn looks after the worker."""

import logging
import os
import resource
import socket
import time
from collections import Counter
from contextlib import suppress
from typing import Any

from gunicorn.workers.base import Worker as Process
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest, RequestHeaderFieldsTooLarge

from bilateral.web.rates import network

LONGEST_ADDRESS = 8190
"""Characters of the first line of a request; a longer one is answered 414."""
LARGEST_HEADERS = 32_768
MOST_HEADERS = 60
"""More, or more bytes of them, are answered 431."""
LARGEST_BODY = 1_100_000
"""Bytes of a body that are taken; a little more than the application takes, so that it is the one that says so."""
MOST_CONNECTIONS = 2000
"""Open at the same time in one worker; for one more, one makes way."""
LARGEST_WAIT = 128_000_000
"""Bytes of unfinished requests and of answers that nobody takes, in one worker."""
PATIENCE = {"idle": 20.0, "headers": 10.0, "body": 30.0, "answer": 30.0, "end": 2.0}
"""Seconds that a phase of a connection may take as a whole. An answer has more: a second for each SLOWEST bytes."""
SLOWEST = 10_000
LINGER = 2.0
"""Seconds that a worker which stops waits for a request that a reader may be sending over an idle connection."""
HANDLES_EACH = 3
"""Open files of a connection: its socket, a large body, a large answer."""


class AddressTooLong(BadRequest):
    code = 414
    reason = "URI Too Long"


class Request(HTTPRequestParser):
    """A request as it comes in, with the limits on its first line and on the number of its headers."""

    completed: bool

    def received(self, data: bytes) -> int:
        is_begun = self.body_rcv is None and not self.completed  # a body of which nothing has come has a length of 0 and is false
        first = (self.header_plus + data)[: LONGEST_ADDRESS + 2] if is_begun else b""
        if len(first) > LONGEST_ADDRESS and b"\n" not in first:
            return self._refuse(AddressTooLong(f"more than {LONGEST_ADDRESS} characters"), data)
        try:
            return super().received(data)
        except ValueError:  # a length of thousands of digits, an address such as http://[
            return self._refuse(BadRequest("a number or an address cannot be read"), data)

    def _refuse(self, error: BadRequest, data: bytes) -> int:
        self.headers.clear()
        self.body_rcv, self.chunked = None, False
        self.parse_header(b"GET / HTTP/1.0\r\n")  # an error is answered as any request is, with a path and a version
        self.error, self.completed = error, True
        return len(data)

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if header_plus.count(b"\n") > MOST_HEADERS + 1:
            self.error = RequestHeaderFieldsTooLarge(f"more than {MOST_HEADERS} headers")
        # What a proxy before us may understand otherwise: waitress has taken the coding away where it goes by it, and joins equal names by a comma.
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Where the body ends is said in two ways")
        if "," in self.headers.get("HOST", ""):
            raise ParsingError("Host is said twice")


class Answer(WSGITask):
    """One request being answered; the last one of a connection where the worker stops."""

    def get_environment(self) -> dict[str, Any]:
        environ = super().get_environment()
        environ["bilateral.socket"] = self.channel.socket  # tells when the reader has gone
        environ["bilateral.hold"] = self.channel.hold
        return environ

    def build_response_header(self) -> bytes:
        if self.channel.server.is_stopping:
            self.set_close_on_finish()
        return super().build_response_header()


class Connection(HTTPChannel):
    """A connection, and how long its phase may still last."""

    parser_class = Request
    task_class = Answer
    is_ended = False
    """All was said. What the other side still sends is read and dropped, else it would lose our answer to a reset."""
    close_when_flushed: bool
    n_answered = 0
    held_until = 0.0

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.seen: tuple[str, int] | None = None
        self.since = time.monotonic()
        self.look(self.since)

    @property
    def phase(self) -> str:
        """Of headers, body, answering (a thread has it, or will), answer (it is being taken), idle, end."""
        if self.is_ended:
            return "end"
        if self.requests:
            return "answering"
        if self.total_outbufs_len:
            return "answer"
        if self.request is None:
            return "idle" if self.n_answered else "headers"
        return "body" if self.request.headers_finished else "headers"

    @property
    def waiting_bytes(self) -> int:
        return self.total_outbufs_len + (self.request.body_bytes_received if self.request else 0)

    def look(self, now: float) -> None:
        """Close where the phase has lasted too long as a whole, however much came in between."""
        if self.seen != (self.phase, self.n_answered):
            self.seen, self.since = (self.phase, self.n_answered), now
            self.end = now + PATIENCE.get(self.phase, float("inf")) + self.total_outbufs_len / SLOWEST
        elif now > self.end:
            if self.request is None:
                self.handle_close()
            else:
                self._time_out()

    def _time_out(self) -> None:
        """Say that the request took too long. Not closed at once: what still trickles in would reset the connection, and the answer be lost."""
        self.send(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        self.request = None
        self._end()

    def hold(self, seconds: float) -> None:
        """Keep what is being answered back for so long, without a thread: who asks again and again is slowed down."""
        self.held_until = time.monotonic() + seconds

    def writable(self) -> bool:
        return time.monotonic() >= self.held_until and super().writable()

    def _flush_some(self, do_close: bool = True) -> bool:
        return time.monotonic() >= self.held_until and super()._flush_some(do_close=do_close)

    def service(self) -> None:
        self.n_answered += 1
        self.server.n_answered += 1
        super().service()

    def handle_write(self) -> None:
        ends = self.close_when_flushed
        if ends:  # not written otherwise: a thread may set it at this moment
            self.close_when_flushed = False
        super().handle_write()
        if ends and self.connected and self.total_outbufs_len:
            self.close_when_flushed = True
        elif ends and self.connected:
            self._end()

    def _end(self) -> None:
        """Say no more; what the other side still sends is read and dropped."""
        self.is_ended = True
        with suppress(OSError):  # the other side may have gone meanwhile
            self.socket.shutdown(socket.SHUT_WR)

    def readable(self) -> bool:
        return self.is_ended or super().readable()

    def handle_read(self) -> None:
        if self.is_ended:
            self.recv(self.adj.recv_bytes)  # closes where the other side has
        else:
            super().handle_read()


class Front(TcpWSGIServer):
    """All connections of one worker."""

    channel_class = Connection
    is_stopping = False
    n_answered = 0

    def __init__(self, application: Any, listening: socket.socket, threads: int, backlog: int, most: int):
        self.most = most
        self.watched = ThreadedTaskDispatcher()
        """A thread of its own for /health, so that whoever watches does not wait behind pages."""
        self.watched.set_thread_count(1)
        others = ThreadedTaskDispatcher()
        others.set_thread_count(threads)
        host = listening.getsockname()[0]
        taken = Adjustments(
            backlog=backlog, connection_limit=1_000_000, cleanup_interval=1, max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST_BODY, inbuf_overflow=65_536, outbuf_high_watermark=LARGEST_WAIT, recv_bytes=65_536,
            ident=None, clear_untrusted_proxy_headers=False, log_socket_errors=False, server_name=f"[{host}]" if ":" in host else host,
        )  # fmt: skip
        about = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(application, {}, True, listening, dispatcher=others, adj=taken, sockinfo=about, bind_socket=False)

    def add_task(self, task: Connection) -> None:
        is_watching = getattr(task.requests[0], "path", "").endswith("/health")  # one that is no request has no path
        (self.watched if is_watching else self.task_dispatcher).add_task(task)

    def maintenance(self, _: float) -> None:
        now = time.monotonic()
        for connection in self.connections():
            connection.look(now)
        by_bytes = sorted(self.connections(), key=lambda connection: connection.waiting_bytes)
        while by_bytes and sum(connection.waiting_bytes for connection in by_bytes) > LARGEST_WAIT:
            by_bytes.pop().handle_close()

    def connections(self) -> list[Connection]:
        return list(self.active_channels.values())

    def handle_accept(self) -> None:
        if len(self.active_channels) < self.most or self.make_room():
            super().handle_accept()
        elif accepted := self.accept():
            accepted[0].close()

    def make_room(self) -> bool:
        """Close one connection of the address that holds most of them, the one that has stood still longest; false where all are being answered."""
        held = Counter(network(connection.addr[0]) for connection in self.connections())
        standing = [connection for connection in self.connections() if connection.phase != "answering"]
        if not standing:
            return False
        max(standing, key=lambda one: (held[network(one.addr[0])], -one.since)).handle_close()
        return True

    def step(self, seconds: float) -> None:
        """Read, write and accept what is there, waiting at most so long."""
        wasyncore.poll2(seconds, self._map)

    def stop(self, waited: float) -> bool:
        """Take nothing new; after LINGER only what is being answered goes on. True when nothing is left."""
        self.is_stopping, self.accepting = True, False
        for connection in self.connections():
            if waited > LINGER and connection.phase not in ("answering", "answer"):
                connection.handle_close()
        return not self.active_channels


class Worker(Process):
    """A gunicorn worker whose connections waitress handles."""

    front: Front | None = None
    alive: bool

    def run(self) -> None:
        for name in ("waitress", "waitress.queue"):
            logging.getLogger(name).setLevel(logging.ERROR)
        self.front = front = Front(self.wsgi, self.sockets[0].sock, self.cfg.threads, self.cfg.backlog, room())
        while self.alive and self.ppid == os.getppid():
            self.notify()
            front.step(1.0)
            self.alive = self.alive and front.n_answered < self.max_requests
        began = time.monotonic()
        while not front.stop(time.monotonic() - began) and time.monotonic() < began + self.cfg.graceful_timeout:
            self.notify()
            front.step(0.1)

    def handle_exit(self, sig: int, frame: Any) -> None:
        super().handle_exit(sig, frame)
        if self.front:
            self.front.pull_trigger()


def room() -> int:
    """Connections that the limit on open files allows, which is raised as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS * HANDLES_EACH + 500
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, max(soft - 500, 50) // HANDLES_EACH)
