"""What the kernel refuses the process that runs a reader's SQL: tried inside of it, and read in /proc from outside."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bilateral.ask import reader_sql
from bilateral.ask.reader_sql import Limits, Unanswered
from bilateral.ask.sandbox import confinement
from bilateral.monitoring import doctor
from bilateral.publish import snapshots
from material import PATIENCE, ROOT, clean_environment, wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="landlock, seccomp and /proc are Linux's")

SECONDS = 3600
"""How long the child that is looked at may take; it is ended before."""

PROBE = r"""
import ctypes, encodings.idna, json, os, resource, signal, socket, subprocess, sys, threading
from pathlib import Path
import duckdb
from bilateral.ask.sandbox import confinement

away, port, parent, snapshot, left_out = Path(sys.argv[1]), int(sys.argv[2]), os.getppid(), sys.argv[3], sys.argv[4]
holder = duckdb.connect(config={"threads": "1", "async_threads": "0"})
opened = os.open(away / "there", os.O_RDWR)
page = __import__("mmap").PAGESIZE
if left_out:
    setattr(confinement, left_out, lambda *_: False)
walls = confinement.confine()

def code():
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    if libc.mmap(None, ctypes.c_size_t(page), 7, 0x22, -1, 0) == ctypes.c_void_p(-1).value:
        raise OSError(ctypes.get_errno(), "")

def executed():
    os.execv("/bin/true", ["true"])

tries = {
    "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "read the snapshot anew": lambda: os.open(snapshot, os.O_RDONLY),
    "list a folder": lambda: os.listdir("/"),
    "open for writing": lambda: os.open(away / "there", os.O_WRONLY),
    "create": lambda: os.open(away / "new", os.O_CREAT | os.O_WRONLY),
    "write to what is open": lambda: os.write(opened, b"x"),
    "truncate": lambda: os.truncate(away / "there", 0),
    "remove": lambda: os.unlink(away / "there"),
    "rename": lambda: os.rename(away / "there", away / "gone"),
    "link": lambda: os.link(away / "there", away / "other"),
    "make a folder": lambda: os.mkdir(away / "folder"),
    "change bits": lambda: os.chmod(away / "there", 0o777),
    "make a file in memory": lambda: os.memfd_create("x"),
    "a log beside the snapshot": lambda: holder.execute(f"copy (select 1) to '{snapshot}.wal' (format csv)"),
    "connect": lambda: socket.create_connection(("127.0.0.1", port), 1),
    "send": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
    "bind": lambda: socket.create_server(("127.0.0.1", 0)),
    "speak to a local socket": lambda: socket.socket(socket.AF_UNIX).connect(b"\0x"),
    "fork": lambda: os.fork() or os._exit(0),
    "start a thread": lambda: threading.Thread(target=print).start(),
    "start a program": lambda: subprocess.run(["/bin/true"]),
    "become a program": executed,
    "kill the parent": lambda: os.kill(parent, signal.SIGTERM),
    "raise a limit": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
    "become another user": lambda: os.setuid(1000),
    "make code": code,
}
if left_out == "_limited":
    del tries["write to what is open"]  # nothing else stands before a file that was opened for writing; the child has none
for name, attempt in tries.items():
    try:
        attempt()
        tries[name] = "done"
    except (OSError, RuntimeError, ValueError, duckdb.Error, ImportError) as error:
        tries[name] = type(error).__name__
os.write(1, json.dumps([walls, tries]).encode())
os._exit(0)
"""


@pytest.fixture
def probed(tmp_path, published):
    def probe(left_out: str = "") -> tuple[dict[str, bool], dict[str, str]]:
        (tmp_path / "there").write_text("as it was")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.setblocking(False)
            arguments = [tmp_path, listener.getsockname()[1], snapshots.current(published), left_out]
            ended = subprocess.run(
                [sys.executable, "-c", PROBE, *map(str, arguments)],
                env=clean_environment(ROOT),
                capture_output=True,
                timeout=PATIENCE,
            )
            assert ended.returncode == 0, ended.stderr.decode()
            with pytest.raises(BlockingIOError):
                listener.accept()
        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("there", "as it was")]
        assert not list(published.rglob("*.wal"))
        return json.loads(ended.stdout)

    return probe


def test_26_the_kernel_refuses_everything_but_computing(probed):
    walls, tries = probed()
    assert all(walls.values()), walls
    assert {name for name, outcome in tries.items() if outcome == "done"} == set()


@pytest.mark.parametrize("left_out", ["_filtered", "_landlocked", "_limited"])
def test_each_wall_but_one_still_holds_files_and_the_network(probed, left_out):
    """On a kernel that lacks one of them the others stand. Without seccomp root may start processes, and bits of own files may change."""
    walls, tries = probed(left_out)
    assert sum(not held for held in walls.values()) == 1
    harmless_alone = {"start a thread", "make code", "make a file in memory", "raise a limit", "fork", "change bits"}
    assert {name for name, outcome in tries.items() if outcome == "done"} <= harmless_alone


@pytest.fixture(scope="module")
def running(published):
    """The number of a child that runs a statement: one that takes hours, and hardly any memory."""
    stop = threading.Event()
    asked = "select sum(hash(i) % 7) from range(1000000000000000) as t(i)"

    def ask() -> None:
        with pytest.raises(Unanswered, match="cancelled"):
            reader_sql.ask(snapshots.current(published), asked, {}, "json", Limits(seconds=SECONDS), stop.is_set)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        wait_until(confined_child, "a child is confined")
        yield confined_child()
    finally:
        stop.set()
        thread.join()


def confined_child() -> int | None:
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True).stdout
    for line in listed.splitlines():
        pid = int(line.split()[0])
        if "bilateral.ask.sandbox.child" in line and status(pid).get("Seccomp") == "2":
            return pid
    return None


def status(pid: int) -> dict[str, str]:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_proc_says_no_new_privileges_a_filter_no_capability_and_one_thread(running):
    found = status(running)
    assert (found["NoNewPrivs"], found["Seccomp"], found["Threads"]) == ("1", "2", "1")
    assert {int(found[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}


def test_proc_says_what_the_process_may_take(running):
    lines = Path(f"/proc/{running}/limits").read_text().splitlines()
    found = {line[:26].strip(): line[26:].split()[:2] for line in lines}
    for name in ("Max file size", "Max core file size", "Max processes", "Max open files"):
        assert found[name] == ["0", "0"], name
    assert found["Max cpu time"] == [f"{SECONDS + 1}"] * 2
    assert int(found["Max address space"][1]) == (512 + 200 + 600) << 20


@pytest.mark.skipif(os.geteuid() != 0, reason="only root looks into a process that is closed to others")
def test_proc_says_that_users_and_network_are_its_own_and_the_snapshot_alone_is_open(running, published):
    for name in ("user", "net", "ipc"):
        assert os.readlink(f"/proc/{running}/ns/{name}") != os.readlink(f"/proc/self/ns/{name}")
    opened = {os.readlink(path) for path in Path(f"/proc/{running}/fd").iterdir()}
    assert {name for name in opened if not name.startswith("pipe:")} == {str(snapshots.current(published))}
    (mode,) = {
        line.split()[1]
        for line in Path(f"/proc/{running}/fdinfo/{snapshot_handle(running)}").read_text().splitlines()
        if "flags" in line
    }
    assert int(mode, 8) & os.O_ACCMODE == os.O_RDONLY


def snapshot_handle(pid: int) -> str:
    return next(path.name for path in Path(f"/proc/{pid}/fd").iterdir() if os.readlink(path).endswith(".duckdb"))


def test_what_holds_here_can_be_asked():
    walls = confinement.confinement()
    assert len(walls) == 7
    assert all(walls.values()), walls


@pytest.mark.parametrize(
    ("command", "seconds", "said"),
    [
        ([sys.executable, "-c", "import time; time.sleep(3600)"], 0.5, "had not answered after 0.5 s; the machine is busy"),
        ([sys.executable, "-c", "raise SystemExit(3)"], PATIENCE, "ended with 3 and without an answer"),
        ([sys.executable, "-c", "import os; os.abort()"], PATIENCE, "ended with -6 and without an answer"),
        (["/nothing/here"], PATIENCE, "could not be started"),
    ],
)
def test_no_answer_is_no_sign_that_nothing_holds(command, seconds, said):
    with pytest.raises(confinement.NotLearnt, match=said):
        confinement.confinement(command, seconds)


def test_the_doctor_says_that_it_was_not_learnt(tmp_path, monkeypatch):
    """Where no process can be started, by a program of Python that is not there."""
    monkeypatch.setattr(confinement.confinement, "__defaults__", (["/nothing/here"], PATIENCE))
    (finding,) = [finding for finding in doctor.examine(tmp_path, 48) if finding.what == "SQL of readers"]
    assert finding.state.startswith(
        "whether this system confines it was not learnt: the process that tries it could not be started"
    )
    assert "lacking" not in finding.state
    assert not finding.is_wrong


def test_a_signal_of_the_parent_still_ends_it(running):
    os.kill(running, signal.SIGSTOP)
    wait_until(lambda: status(running).get("State", "").startswith("T"), "it stands still")
    os.kill(running, signal.SIGCONT)
