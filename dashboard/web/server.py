"""`bilateral serve`: worker processes that share only the snapshot, managed by gunicorn."""

import fcntl
import gc
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots
from bilateral.shared_counts import make
from bilateral.web.connections import Worker

BACKLOG = 2048
"""Connections that may wait."""
PATIENCE = 30
"""Seconds after which a worker that does not answer is replaced, and that a reload waits for answers under way."""

RENEWED_AFTER = 20_000
"""Answers after which a worker makes way for a new one, so that what the memory of a process has lost to fragments comes back."""
BEATS = "/dev/shm"  # noqa: S108  no file of a known name is made there
"""Where workers show that they are alive, when it is there: a disk may be slow, and a cleaner of temporary files does not come."""
TOGETHER = "bilateral-serve-"


class Processes(Arbiter):
    """gunicorn's main process: a worker that dies is replaced; SIGHUP replaces all of them, one after the other."""

    def reload(self) -> None:
        """Not where a setting is bad: the new workers could not begin, and the old ones would be gone."""
        try:
            self.app.reread()
        except Stop as stop:
            print(f"nothing was reloaded: {stop}", file=sys.stderr, flush=True)
            return
        super().reload()


class Server(BaseApplication):
    """gunicorn, configured here and not by a file."""

    def __init__(
        self, application: Callable[[Path], flask.Flask], reread: Callable[[], None], together: Path, options: dict[str, Any]
    ):
        self.application = application
        self.reread = reread
        self.together = together
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> flask.Flask:
        return self.application(self.together)

    def run(self) -> None:
        Processes(self).run()


def serve(
    application: Callable[[Path], flask.Flask],
    reread: Callable[[], None],
    folder: Path,
    host: str,
    port: int,
    workers: int,
    threads: int,
) -> None:
    """Serve until stopped; each worker makes its own application, given the folder where all of them count together. `reread` is called in the main
    process before a reload and raises Stop where nothing is to be reloaded.

    Raises Stop 69 without data, 65 where the snapshot does not open, 75 where the port is taken.
    """
    snapshots.readable(folder)  # said here, and not by each worker again and again
    listening = listen(host, port)
    name = f"[{host}]" if ":" in host else host
    print(f"Dashboard on http://{name}:{listening.getsockname()[1]} (Ctrl+C stops it)", flush=True)
    together = counting_folder()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(together)
    options = {
        "bind": f"fd://{listening.fileno()}",
        "backlog": BACKLOG,
        "workers": workers,
        "threads": threads,
        "worker_class": Worker,
        "worker_tmp_dir": BEATS if os.access(BEATS, os.W_OK) else None,
        "timeout": PATIENCE,
        "graceful_timeout": PATIENCE,
        "max_requests": RENEWED_AFTER,
        "max_requests_jitter": RENEWED_AFTER // 10,
        "loglevel": "warning",
        "proc_name": "bilateral",
        "control_socket_disable": True,
        "pre_fork": lambda _, __: there_again(together),
        "post_worker_init": lambda _: settle(),
        "worker_exit": lambda _, __: gc.unfreeze(),  # else DuckDB's library ends each worker with a page of objects it calls lost
        "on_exit": lambda _: sweep(together),
    }
    Server(application, reread, together, options).run()


def counting_folder() -> Path:
    """A new folder in which workers count together; beside it lies a lock that the processes of this server hold until the last of them ends.
    Folders of servers that were killed are removed."""
    place = Path(os.environ.get("RUNTIME_DIRECTORY") or tempfile.gettempdir())
    for found in place.glob(f"{TOGETHER}*.lock"):
        sweep_left_over(found)
    held, name = tempfile.mkstemp(prefix=TOGETHER, suffix=".lock", dir=place)
    fcntl.flock(held, fcntl.LOCK_EX)
    if not Path(name).exists():  # another server swept it before it was held
        os.close(held)
        return counting_folder()
    together = Path(name).with_suffix("")
    make(together)
    return together


def sweep_left_over(lock: Path) -> None:
    """Remove a folder where its lock is ours and no server holds it; held meanwhile, so that none can begin with it."""
    try:
        with lock.open() as found:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(found.fileno()).st_uid == os.getuid():
                sweep(lock.with_suffix(""))
    except OSError:  # held, another user's, or gone
        return


def sweep(together: Path) -> None:
    shutil.rmtree(together, ignore_errors=True)
    together.with_suffix(".lock").unlink(missing_ok=True)


def there_again(together: Path) -> None:
    """Create the folder again if somebody removed it: a worker cannot start without it."""
    try:
        make(together)
    except sqlite3.OperationalError as error:
        print(f"workers cannot count together: {error}", file=sys.stderr, flush=True)


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
