"""Upgrades as docs/operations.md has them: refresh with the new version, then restart. Readers get no 503, from whichever version it comes."""

import io
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx2
import pytest

from bilateral.ask import compatibility
from bilateral.pages.site import Site
from bilateral.publish import checksums, snapshots
from material import ROOT, act, clean_environment, wait_until, write_csv

EARLIER = ("5d85ff0", "d00ee23")
"""Commits of the project: the one before, and one 125 commits earlier, the first ones with the server of today."""
PATHS = ("/", "/pair/MEX-USA", "/health")


@contextmanager
def serving(tree: Path, data: Path, python: Path | str = sys.executable):
    """The dashboard of a version of the project; gives its address."""
    module = "bilateral" if (tree / ".src").exists() else "dashboard"
    command = [python, "-m", module, "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(
        command,
        cwd=data,
        env=clean_environment(tree),
        stdout=subprocess.PIPE,
        stderr=(data.parent / "served.txt").open("w"),
        text=True,
    ) as process:
        try:
            address = re.search(r"http://\S+", process.stdout.readline())[0]
            wait_until(lambda: is_open(address), "the server takes connections")  # earlier versions print their address before
            yield address
        finally:
            process.terminate()


def is_open(address: str) -> bool:
    place = httpx2.URL(address)
    with socket.socket() as tried:
        return tried.connect_ex((place.host, place.port)) == 0


def ask(address: str) -> httpx2.Response:
    """As a browser asks: once more where the connection was reset, as by a worker that a busy machine starved."""
    try:
        return httpx2.get(address, timeout=60, trust_env=False)
    except httpx2.TransportError:
        return httpx2.get(address, timeout=60, trust_env=False)


@contextmanager
def readers(address: str):
    """Somebody who asks all the time; gives what was answered, counted."""
    answers: Counter[int] = Counter()
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.1):
            for path in PATHS:
                answers[ask(address + path).status_code] += 1

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield answers
    finally:
        stop.set()
        thread.join()


def earlier(commit: str, small_tree: Path, place: Path) -> tuple[Path, Path]:
    """The project as it was, with few seeds, and the interpreter of an environment with what it asked for then."""
    packed = subprocess.run(
        ["git", "archive", commit, "dashboard", "queries", "seeds", "assets", "requirements.lock"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if packed.returncode:
        pytest.skip(
            f"this clone has no commit {commit} (fetch the whole history); the tests below do the same with snapshots made here"
        )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(place, filter="data")
    shutil.rmtree(place / "seeds" / "chronology")
    shutil.copytree(small_tree / "seeds" / "chronology", place / "seeds" / "chronology")
    shutil.copy(small_tree / "seeds" / "measures.csv", place / "seeds" / "measures.csv")
    bin = place / "environment" / "bin"
    subprocess.run([sys.executable, "-m", "venv", place / "environment"], check=True)
    subprocess.run(
        [bin / "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", place / "requirements.lock"],
        check=True,
    )
    return place, bin / "python"


@pytest.mark.long
@pytest.mark.parametrize("commit", EARLIER)
def test_an_upgrade_from_an_earlier_version_is_without_a_gap(commit, small_tree, tmp_path):
    (old, python), data = earlier(commit, small_tree, tmp_path / "old"), tmp_path / "data"
    made = subprocess.run(
        [python, "-m", "dashboard", "refresh", "--data", str(data)], cwd=tmp_path, env=clean_environment(old), check=False
    )
    assert made.returncode == 0
    first = snapshots.current(data)
    with serving(old, data, python) as address, readers(address) as before:
        upgraded = subprocess.run(
            [sys.executable, "-m", "bilateral", "refresh", "--data", str(data)],
            cwd=tmp_path,
            env=clean_environment(small_tree),
            check=False,
        )
    assert upgraded.returncode == 0
    assert snapshots.current(data) != first
    with serving(ROOT, data) as address, readers(address) as after:
        assert ask(address + "/health").json()["snapshot_fault"] is None
        while sum(after.values()) < 12:
            assert after.keys() <= {200}
    assert sum(before.values()) > 0
    print(f"from {commit}: {dict(before)} of the old server while the new version refreshed, {dict(after)} of the new one")
    assert before.keys() | after.keys() == {200}


def older(data: Path, statement: str) -> Path:
    """Publish a newer snapshot that lacks something, as one of another version does; returns its path."""
    path = snapshots.path_of(data, "20990101T000000.000000Z")
    shutil.copyfile(snapshots.current(data), path)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    checksums.write(path)
    (snapshots.folder(data) / snapshots.POINTER).write_text(f"{path.name}\n")
    return path


@pytest.mark.parametrize(
    ("statement", "lacking"),
    [
        ("drop macro table main.calendar_by", "calendar_by()"),
        ("drop view main.measures", "measures.announced_on"),
        ("create or replace view main.domains as select * exclude (label_es) from staging.domains", "domains.label_es"),
    ],
)
def test_a_server_that_meets_a_snapshot_of_another_version_keeps_the_one_it_can_read(house, statement, lacking):
    site = Site(house.data, 48)
    first = site.warehouse.path
    path = older(house.data, statement)
    assert site.warehouse.path == first
    assert len(site.lists().domains) > 3
    assert (site.updates().state, lacking in site.updates().fault) == ("degraded", True), site.updates().fault
    assert Site(house.data, 48).warehouse.path == first  # one that starts now too
    assert lacking in (compatibility.outdated(house.data) or "")
    write_csv(house.data / "inbox/articles/new.csv", [act("new")])
    assert house.refresh().exit_code == 0
    assert snapshots.current(house.data) > path
    assert (site.warehouse.path, site.updates().state) == (snapshots.current(house.data), "done")


def test_where_no_snapshot_is_of_this_version_it_answers_what_that_holds(house):
    first = snapshots.current(house.data)
    path = older(house.data, "drop view main.measures")
    first.unlink()
    site = Site(house.data, 48)
    assert site.warehouse.path == path
    assert len(site.warehouse.ask("status")) == 2
    assert "was made by another version of bilateral (it has no measures." in site.updates().fault


def test_a_server_of_another_version_than_the_snapshot_refreshes_beside_itself(house):
    first = snapshots.current(house.data)
    path = older(house.data, "drop view main.measures")
    first.unlink()
    with serving(ROOT, house.data) as address:
        while snapshots.current(house.data) == path:
            assert ask(address + "/health").status_code in (200, 503)
        assert ask(address + "/health").json()["snapshot_fault"] is None
        assert ask(address + "/pair/MEX-USA").status_code == 200
