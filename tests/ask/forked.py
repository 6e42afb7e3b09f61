"""Processes of a reader's SQL that are forked from one that has imported all: each statement has its own, confined as ever, and three hundred of
them need not load DuckDB three hundred times. `test_reader_sql.py` starts them as the product does."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

BEGIN, END = b"begin", b"end"


def serve(line: socket.socket) -> None:
    """Fork a process for each order and wait for it when told to, until nobody asks any more."""
    from bilateral.ask.sandbox import child

    while True:
        order, handles, _, _ = socket.recv_fds(line, 5, 3)
        if order == BEGIN:
            pid = os.fork()
            if not pid:
                line.close()
                for place, handle in enumerate(handles):
                    os.dup2(handle, place)
                    os.close(handle)
                child.main()
            for handle in handles:
                os.close(handle)
            line.sendall(pid.to_bytes(4))
        elif order == END:
            os.waitpid(pid, 0)
            line.sendall(END)
        else:
            return


class Forked:
    """As much of a `subprocess.Popen` as `reader_sql` needs."""

    def __init__(self, line: socket.socket):
        (stdin, write), (read, stdout), (read_errors, stderr) = os.pipe(), os.pipe(), os.pipe()
        theirs = (stdin, stdout, stderr)
        socket.send_fds(line, [BEGIN], theirs)
        for handle in theirs:
            os.close(handle)
        self.line = line
        self.pid = int.from_bytes(line.recv(4))
        self.stdin, self.stdout, self.stderr = os.fdopen(write, "wb"), os.fdopen(read, "rb"), os.fdopen(read_errors, "rb")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def __enter__(self) -> "Forked":
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self.stdin, self.stdout, self.stderr):
            pipe.close()
        self.line.sendall(END)
        assert self.line.recv(3) == END


@contextmanager
def forking() -> Iterator[SimpleNamespace]:
    """What stands in the place of `subprocess` in `reader_sql`."""
    ours, theirs = socket.socketpair()
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TZ": "UTC", "PATH": os.defpath}
    started = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], env=environment, pass_fds=[theirs.fileno()])
    with ours, started:
        theirs.close()
        yield SimpleNamespace(Popen=lambda *_, **__: Forked(ours), PIPE=subprocess.PIPE)
        ours.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        serve(asked)
