"""The real server over raw sockets: slow clients of every sort, limits, deadlines, requests that are none; and what is counted when files go."""

import json
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from bilateral.ask.reader_sql import LONGEST
from material import PATIENCE, ROOT, clean_environment, wait_until
from served import serving
from slow_clients import DROPS, LARGE, begin, health_times, slow_clients

PAGE = "/pair/MEX-USA"


@pytest.fixture(scope="module")
def served(small_data, tmp_path_factory):
    data = shutil.copytree(small_data, tmp_path_factory.mktemp("connections") / "data")
    with serving(data, BILATERAL_API_RATE="100000 per minute", BILATERAL_SQL_SECONDS="300") as served:
        assert served.get(PAGE).status_code == 200
        yield served


def exchange(address: str, sent: bytes, patience: float = PATIENCE) -> bytes:
    """All that comes back on a connection of its own until the server closes it."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=patience) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        found = b""
        while part := client.recv(65536):
            found += part
    return found


def assert_quick(times: list[float], alone: list[float]) -> None:
    """/health took at most a second; where the machine has other work, at most four times what it took without slow clients."""
    assert max(times) < float("inf"), "/health was not answered"
    assert max(times) <= max(1, 4 * max(alone)), f"{max(times):.2f} s, and {max(alone):.2f} s without slow clients"


@pytest.mark.parametrize("sort", list(DROPS))
def test_a_hundred_slow_clients_of_a_sort_keep_nobody_waiting(served, sort):
    alone = health_times(served.address, 2)
    with slow_clients(served.address, sort, 100):
        assert served.get(PAGE).status_code == 200
        times = health_times(served.address, 4)
    assert_quick(times, alone)


def test_a_hundred_of_all_sorts_together_keep_nobody_waiting(served):
    alone = health_times(served.address, 2)
    clients = [begin(served.address, sort) for sort in DROPS for _ in range(25)]
    try:
        times = health_times(served.address, 3)
        assert served.get(PAGE).status_code == 200
    finally:
        for client in clients:
            client.close()
    assert_quick(times, alone)


SHORT = "from bilateral import __main__; from bilateral.web import connections; connections.PATIENCE |= {'headers': 1, 'body': 1, 'answer': 1, 'idle': 1}; connections.SLOWEST = 1e9; "


@pytest.fixture(scope="module")
def hasty(small_data):
    """A server with deadlines of a second and room for twenty connections in a worker."""
    with serving(small_data, ("-c", SHORT + "connections.MOST_CONNECTIONS = 20; __main__.main()")) as served:
        yield served


@pytest.mark.parametrize("sort", ["headers", "body", "chunks"])
def test_a_phase_ends_as_a_whole_however_much_trickles_in(hasty, sort):
    got = b""
    with begin(hasty.address, sort) as client:
        client.settimeout(0.2)
        end = time.monotonic() + PATIENCE
        while not got:
            assert time.monotonic() < end, "the connection is still open"
            client.send(DROPS[sort])
            with suppress(TimeoutError):
                got = client.recv(1000)
    assert got.startswith(b"HTTP/1.1 408 ")


def test_what_trickles_in_after_the_end_does_not_cost_the_client_its_answer(hasty):
    with begin(hasty.address, "body") as client:
        wait_until(lambda: client.send(b" ") and select.select([client], [], [], 0)[0], "there is an answer")
        for _ in range(5):
            client.send(b" ")
            time.sleep(0.05)
        assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_an_answer_that_nobody_takes_is_dropped(hasty):
    whole = len(httpx2.get(hasty.address + LARGE, trust_env=False, headers={"Accept-Encoding": "identity"}).content)
    with begin(hasty.address, "answer") as client:
        client.recv(1)  # the server has it from now on; in the queue before, nobody has
        wait_until(lambda: is_closed_by_server(client), "the server has closed the connection")
        got = 0
        with suppress(ConnectionResetError):
            while part := client.recv(65536):
                got += len(part)
    assert got < 4 * whole


def is_closed_by_server(client: socket.socket) -> bool:
    """Whether no process has the other end any more: Linux lists it without an owner, or not at all."""
    local, peer = client.getsockname()[1], client.getpeername()[1]
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return not any(row[1].endswith(f":{peer:04X}") and row[2].endswith(f":{local:04X}") and row[9] != "0" for row in rows)


def test_when_there_is_no_room_the_one_who_holds_most_makes_way(hasty):
    alone = health_times(hasty.address, 2)
    clients = [begin(hasty.address, "headers") for _ in range(100)]
    try:
        times = health_times(hasty.address, 2)
    finally:
        for client in clients:
            client.close()
    assert_quick(times, alone)


def test_an_idle_connection_is_closed_and_a_busy_one_stays(hasty):
    parts = urlsplit(hasty.address)
    question = f"GET /health HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as client:
        for _ in range(3):
            client.sendall(question)
            found = b""
            while not found.endswith(b"}"):
                found += client.recv(65536)
            assert found.startswith(b"HTTP/1.1 200")
        assert client.recv(1) == b""  # closed by the server, after its patience


ODD = {
    "a long address": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "an address without end": (b"GET /" + b"a" * 60_000, 414),
    "many headers": (b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X-A: 1\r\n" * 70 + b"\r\n", 431),
    "large headers": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: " + b"a" * 40_000 + b"\r\n\r\n", 431),
    "no request": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "a bare line feed": (b"GET / HTTP/1.1\r\nHost: localhost\nX: 1\r\n\r\n", 400),
    "a length that is none": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
    "two lengths": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    "a coding that is none": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xyz\r\n\r\n", 501),
    "chunks that are none": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400),
    "a large body": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n" + b"a" * 3_000_000, 413),
    "no Host": (b"GET /health HTTP/1.0\r\n\r\n", 200),
    "a method that is none": (b"BREW / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405),
    "bytes in the path": (b"GET /%ff%00%fe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
    "bytes in a cookie": (b"GET /health HTTP/1.1\r\nHost: localhost\r\nCookie: a=\xff\xfe\r\nConnection: close\r\n\r\n", 200),
    "bytes in a name and a password": (b"GET /health HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic \xff\r\nConnection: close\r\n\r\n", 200),
    "a length of 5000 digits": (b"POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
    "a length of 5000 digits and a coding": (
        b"POST /sql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n0\r\n\r\n", 400),
    "an address that cannot be read": (b"GET http://[::1/sql HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "an address that cannot be read, with a body": (
        b"POST http://]/sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc", 400),
    "a length and a coding": (
        b"POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX", 400),
    "a coding in an older version": (
        b"POST /sql HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "a coding in a version that is none": (
        b"POST /sql HTTP/1.2\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "two Hosts": (b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
    "a long body in one line": (
        b"POST /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 200000\r\n\r\n" + b"a" * 200_000, 200),
    "a long body in one line and in chunks": (
        b"POST /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"4000\r\n" + b"a" * 0x4000 + b"\r\n0\r\n\r\n", 200),
    "another Host": (b"GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 421),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ODD))
def test_what_is_no_request_is_said_to_be_none(served, name):
    sent, status = ODD[name]
    try:
        found = exchange(served.address, sent)
    except ConnectionError as error:
        raise AssertionError(f"no answer came: {error!r}") from error
    assert found.startswith((f"HTTP/1.1 {status} ".encode(), f"HTTP/1.0 {status} ".encode())), found[:80]


def test_a_statement_as_long_as_may_be_is_asked_in_a_body(served):
    question = json.dumps({"q": "select 1 as one".ljust(LONGEST)}).encode()
    asked = urllib.request.Request(f"{served.address}/api/v1/sql", question, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        assert json.load(answer)["data"] == [[1]]


def test_a_statement_ends_when_its_reader_hangs_up(served):
    parts = urlsplit(served.address)
    slow = "select+count(*)+from+range(1000000000)+a,range(1000)+b"
    with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as client:
        client.sendall(f"GET /api/v1/sql?q={slow} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        wait_until(lambda: statements(served), "the statement runs")
    wait_until(lambda: not statements(served), "the statement has ended")


def statements(served) -> list[int]:
    """Processes that run a reader's SQL."""
    found = [child for worker in served.workers() for child in Path(f"/proc/{worker}/task/{worker}/children").read_text().split()]
    for worker in served.workers():
        for task in Path(f"/proc/{worker}/task").iterdir():
            found += (task / "children").read_text().split()
    return [int(child) for child in found]


def test_a_worker_that_hangs_is_replaced(small_data):
    program = "from bilateral import __main__; from bilateral.web import server; server.PATIENCE = 3; __main__.main()"
    with serving(small_data, ("-c", program)) as served:
        before = served.workers()
        os.kill(hung := min(before), signal.SIGSTOP)
        assert hung not in served.replaced({hung})
        assert served.get("/health").status_code == 200


def test_a_removed_folder_of_counts_ends_nothing_and_counting_goes_on(small_data, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    with serving(small_data, BILATERAL_API_RATE="10 per hour", TMPDIR=str(own)) as served:
        shutil.rmtree(own)
        assert [served.get("/api/v1/status").status_code for _ in range(11)].count(429) == 1
        before = served.workers()
        shutil.rmtree(own)
        served.process.send_signal(signal.SIGHUP)
        served.replaced(before)
        assert served.process.poll() is None
        answered = [served.get("/api/v1/status").status_code for _ in range(12)]
        assert answered == [200] * 10 + [429] * 2
        found = re.search(r'bilateral_http_requests_total\{.*route="api".*status="429"\} (\S+)', served.get("/metrics").text)
        assert found
        assert float(found[1]) == 2


def test_what_a_killed_server_left_is_swept_and_what_a_living_one_has_stays(small_data, tmp_path):
    with serving(small_data, TMPDIR=str(tmp_path)) as living:
        kept = set(tmp_path.iterdir())
        with serving(small_data, TMPDIR=str(tmp_path)) as killed:
            workers = killed.workers()
            killed.process.kill()
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            killed.process.wait(PATIENCE)
            wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), "the killed workers are gone")
        assert set(tmp_path.iterdir()) > kept
        with serving(small_data, TMPDIR=str(tmp_path)) as third:
            assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2
            assert kept <= set(tmp_path.iterdir())
            third.process.send_signal(signal.SIGTERM)
            third.process.wait(PATIENCE)
        assert set(tmp_path.iterdir()) == kept
        assert living.get("/health").status_code == 200


def test_a_reload_with_a_bad_password_file_keeps_the_old_one(small_data, tmp_path):
    passwords = tmp_path / "passwords"
    made = subprocess.run(
        [sys.executable, "-m", "bilateral", "password", "ana"], input="horse\n", env=clean_environment(ROOT), capture_output=True, text=True, check=True
    )  # fmt: skip
    passwords.write_text(made.stdout, encoding="utf-8")
    with serving(small_data, BILATERAL_PASSWORDS=str(passwords)) as served:
        before = served.workers()
        passwords.write_text("ana:horse\n", encoding="utf-8")
        served.process.send_signal(signal.SIGHUP)
        assert "nothing was reloaded: the password file" in served.process.stderr.readline()
        assert served.workers() == before
        assert httpx2.get(served.address + "/status", auth=("ana", "horse"), trust_env=False, timeout=PATIENCE).status_code == 200


def test_servers_that_start_at_once_do_not_sweep_each_other(tmp_path):
    program = (
        "import os, sys; from pathlib import Path; from bilateral.web import server; "
        "made = [server.counting_folder() for _ in range(20)]; print(all(folder.is_dir() for folder in made)); sys.stdin.read()"
    )
    environment = clean_environment(ROOT) | {"TMPDIR": str(tmp_path)}
    several = [
        subprocess.Popen([sys.executable, "-c", program], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]  # fmt: skip
    try:
        assert [process.stdout.readline() for process in several] == ["True\n"] * 4
        assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 80
    finally:
        for process in several:
            process.communicate()
