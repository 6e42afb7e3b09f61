"""`bilateral serve`: worker processes that share nothing but the snapshot, each with some threads, under gunicorn."""

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask
from gunicorn.app.base import BaseApplication

from dashboard import snapshots
from dashboard.exits import Exit, Stop

LONGEST_ADDRESS = 8190
"""Characters of the first line of a request; gunicorn refuses longer ones with 414."""
BACKLOG = 2048
"""Connections that may wait."""
PATIENCE = 30
"""Seconds after which a worker that does not answer is replaced, and that a reload waits for answers under way."""

RENEWED_AFTER = 20_000
"""Answers after which a worker makes way for a new one, so that what the memory of a process has lost to fragments comes back."""


class Server(BaseApplication):
    """gunicorn, configured here and not by a file. A worker that dies is replaced; SIGHUP replaces all of them, one after the other."""

    def __init__(self, application: Callable[[Path], flask.Flask], together: Path, options: dict[str, Any]):
        self.application = application
        self.together = together
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> flask.Flask:
        return self.application(self.together)


def serve(application: Callable[[Path], flask.Flask], folder: Path, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until stopped; each worker makes its own application, given the folder where all of them count together.

    Raises Stop 69 without data, 65 where the snapshot does not open, 75 where the port is taken.
    """
    snapshots.connect(snapshots.current(folder)).close()  # said here, and not by each worker again and again
    listening = listen(host, port)
    name = f"[{host}]" if ":" in host else host
    print(f"Dashboard on http://{name}:{listening.getsockname()[1]} (Ctrl+C stops it)", flush=True)
    together = Path(tempfile.mkdtemp(prefix="bilateral-"))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(together)
    options = {
        "bind": f"fd://{listening.fileno()}",
        "workers": workers,
        "threads": threads,
        "worker_class": "gthread",
        "timeout": PATIENCE,
        "graceful_timeout": PATIENCE,
        "keepalive": 5,
        "max_requests": RENEWED_AFTER,
        "max_requests_jitter": RENEWED_AFTER // 10,
        "limit_request_line": LONGEST_ADDRESS,
        "limit_request_fields": 60,
        "loglevel": "warning",
        "proc_name": "bilateral",
        "control_socket_disable": True,
        "post_worker_init": lambda _: settle(),
        "worker_exit": lambda _, __: gc.unfreeze(),  # else DuckDB's library ends each worker with a page of objects it calls lost
        "on_exit": lambda _: shutil.rmtree(together, ignore_errors=True),
    }
    Server(application, together, options).run()


def settle() -> None:
    """What is there before the first answer stays: the collector of unused objects need not look through half a million of them again and
    again, which took a seventh of the time of a page."""
    gc.collect()
    gc.freeze()


def listen(host: str, port: int) -> socket.socket:
    """A socket of our own, so that a taken port is one sentence and a free one (0) can be told."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)  # now, so that whoever comes at once waits for the first worker instead of being refused
        listening.set_inheritable(True)
    except OSError as error:
        reason = f"{host}:{port} cannot be listened on ({error.strerror}); another program has it, choose another with --port"
        raise Stop(Exit.TRY_AGAIN, reason) from None
    return listening
