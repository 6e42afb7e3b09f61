"""`bilateral serve` as it really runs: two workers under gunicorn, asked over HTTP while they are replaced, killed, given a new snapshot, stopped."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bilateral.publish import snapshots
from bilateral.web.security import password_line
from material import PATIENCE, act, clean_environment, wait_until, write_csv
from served import Served, serving

PAGE, STATUS = "/pair/MEX-USA?from=2025-01-01&to=2025-04-01", "/api/v1/status"


@dataclass
class Load:
    """Readers that ask again and again until told to stop, and what they got."""

    served: Served
    paths: tuple[str, ...]
    stop: threading.Event = field(default_factory=threading.Event)
    answers: list[tuple[int, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def read(self) -> None:
        while not self.stop.wait(0.2):  # a reader reads; else they would take the processor from whom they wait for
            for path in self.paths:
                try:
                    answer = self.served.get(path)
                    self.answers.append((answer.status_code, answer.text if path == STATUS else ""))
                except httpx2.HTTPError as error:
                    self.failures.append(repr(error))

    def wait_for(self, more: int) -> None:
        goal = len(self.answers) + more
        wait_until(lambda: len(self.answers) >= goal or self.failures, f"{goal} answers have come")


@contextmanager
def load(served: Served, *paths: str):
    """Three readers at a time while what is inside happens."""
    readers = Load(served, paths)
    threads = [threading.Thread(target=readers.read) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop.set()
        for thread in threads:
            thread.join()


@pytest.fixture(scope="module")
def data(small_data, tmp_path_factory) -> Path:
    """A small data folder of this module's own; `publish` adds snapshots to it."""
    return Path(shutil.copytree(small_data, tmp_path_factory.mktemp("server") / "data"))


@pytest.fixture(scope="module")
def served(data):
    with serving(data, BILATERAL_API_RATE="100000 per minute") as served:
        yield served


def publish(data: Path, tree: Path) -> str:
    """Load one more act in a process of its own, as somebody would meanwhile; gives the new version."""
    more = write_csv(data.parent / "one-more.csv", [act("one-more")])
    command = [sys.executable, "-m", "bilateral", "load", "articles", str(more), "--quiet", "--data", str(data)]
    subprocess.run(command, env=clean_environment(tree), check=True, timeout=5 * PATIENCE, capture_output=True)
    return snapshots.version(snapshots.current(data))


def test_a_reload_replaces_every_worker_and_no_request_fails(served):
    before = served.replaced(set())
    with load(served, PAGE, STATUS) as readers:
        readers.wait_for(8)
        served.process.send_signal(signal.SIGHUP)
        after = served.replaced(before)
        readers.wait_for(8)
    assert readers.failures == []
    assert {status for status, _ in readers.answers} == {200}
    assert len(after) == 2


def test_a_worker_that_is_killed_is_replaced(served):
    before = served.replaced(set())
    killed = min(before)
    os.kill(killed, signal.SIGKILL)
    assert served.get(PAGE).status_code == 200  # the other one answers meanwhile
    after = served.replaced({killed})
    assert before - {killed} < after
    assert [served.get(STATUS).status_code for _ in range(8)] == [200] * 8


def test_a_new_snapshot_is_answered_by_all_workers_without_a_reload_or_an_error(served, data, small_tree):
    old, workers = snapshots.version(snapshots.current(data)), served.replaced(set())
    with load(served, PAGE, STATUS) as readers:
        readers.wait_for(8)
        new = publish(data, small_tree)
        published_at = len(readers.answers)
        readers.wait_for(24)
    assert new != old
    assert readers.failures == []
    assert {status for status, _ in readers.answers} == {200}
    told = [re.search(r'"data_version": "(.*?)"', text)[1] for _, text in readers.answers if text]
    assert set(told) == {old, new}
    late = [text for _, text in readers.answers[published_at + 8 :] if text]
    assert late
    assert all(new in text for text in late)  # what was under way when it was published may be of either
    assert served.workers() == workers


def test_requests_are_counted_by_all_workers_together_also_those_of_one_that_was_replaced(served):
    def counted() -> float:
        families = text_string_to_metric_families(served.get("/metrics").text)
        (requests,) = [family for family in families if family.name == "bilateral_http_requests"]
        return sum(sample.value for sample in requests.samples if sample.labels.get("route") == "feeds")

    before = counted()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: served.get("/feeds/changes.json").status_code, range(24))) == {200}
    assert {counted() for _ in range(8)} == {before + 24}
    os.kill(killed := min(served.workers()), signal.SIGKILL)
    served.replaced({killed})
    assert counted() == before + 24
    assert "bilateral_refresh_last_success_timestamp_seconds" in served.get("/metrics").text


def test_workers_are_renewed_after_many_answers_and_no_request_fails(data):
    program = "from bilateral import __main__; from bilateral.web import server; server.RENEWED_AFTER = 30; __main__.main()"
    with serving(data, ("-c", program), BILATERAL_API_RATE="100000 per minute") as served:
        before = served.workers()
        with load(served, STATUS, "/health") as readers:
            served.replaced(before)
            readers.wait_for(8)
    assert readers.failures == []
    assert {status for status, _ in readers.answers} == {200}


def test_a_rate_holds_for_all_workers_together_and_everything_ends_when_told(data, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    with serving(data, BILATERAL_API_RATE="10 per hour", TMPDIR=str(own)) as served:
        with ThreadPoolExecutor(8) as pool:
            answered = Counter(pool.map(lambda _: served.get(STATUS).status_code, range(40)))
        assert answered == {200: 10, 429: 30}
        assert 0 < int(served.get(STATUS).headers["Retry-After"]) <= 3600
        workers = served.workers()
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
        assert served.process.stderr.read() == ""  # also no complaint of a library about objects that it still finds at the end
        assert not list(own.iterdir())  # where the workers counted together
        with pytest.raises(httpx2.ConnectError):
            served.get("/health")


def test_a_wrong_guess_is_written_to_the_log_of_the_server(small_data, tmp_path):
    passwords = tmp_path / "passwords"
    passwords.write_text(password_line("ana", "horse") + "\n", encoding="utf-8")
    with serving(small_data, BILATERAL_PASSWORDS=str(passwords)) as served:
        name = 'ana\n{"event"} \x1b[2J'
        assert httpx2.get(f"{served.address}/status", auth=(name, "secret guess"), timeout=30).status_code == 401
        served.process.terminate()
        said = served.process.stderr.read()
    (line,) = [json.loads(line) for line in said.splitlines() if "password.wrong" in line]
    assert (line["name"], line["address"], line["level"]) == (name, "127.0.0.1", "warning")
    assert "secret" not in said
