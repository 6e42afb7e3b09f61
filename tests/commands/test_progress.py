"""What a terminal shows while a refresh works: a step and the time, at once and all the while; nothing elsewhere."""

import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

from bilateral import steps
from bilateral.commands import progress
from material import clean_environment


def on_a_terminal(tree: Path, *arguments: object) -> tuple[str, list[float]]:
    """What is seen, and the seconds from the start at which something came."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bilateral", *map(str, arguments)]
    environment = clean_environment(tree) | {"TERM": "xterm", "COLUMNS": "80"}
    start, seen, moments = time.monotonic(), b"", []
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        while True:
            try:
                seen += os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            moments.append(time.monotonic() - start)
    os.close(ours)
    return seen.decode(), moments


def test_a_terminal_shows_the_step_and_the_time_until_the_outcome(small_tree, tmp_path):
    seen, moments = on_a_terminal(small_tree, "refresh", "--data", tmp_path / "data")
    times = re.findall(r"\d:\d\d:\d\d", seen)
    assert "Refreshing" in seen.split("building")[0]
    assert "building main." in seen
    assert seen.index("building") < seen.index("checking the tables") < seen.index("publishing the snapshot")
    assert times == sorted(times)
    assert times[0] == "0:00:00"
    assert seen.rstrip().endswith("75 reports (75 added, 0 removed); files read: 4 (changed: 0)")
    gaps = [later - earlier for earlier, later in zip([0.0, *moments], moments, strict=False)]
    print(f"first line after {moments[0]:.2f} s, longest silence {max(gaps):.2f} s")


def test_quiet_means_quiet_also_on_a_terminal(small_tree, tmp_path):
    assert on_a_terminal(small_tree, "refresh", "--quiet", "--data", tmp_path / "data")[0] == ""


def test_where_stderr_is_no_terminal_nothing_moves(command, small_tree, tmp_path):
    ended = command("refresh", data=tmp_path / "data", tree=small_tree)
    assert (ended.code, ended.err) == (0, "")
    assert "building" not in ended.out


def test_steps_are_told_to_the_innermost_watcher_alone():
    told, inner = [], []
    steps.begin("before")
    with steps.watched(told.append):
        steps.begin("one")
        with steps.watched(inner.append):
            steps.begin("two")
        steps.begin("three")
    steps.begin("after")
    assert (told, inner) == (["one", "three"], ["two"])
    with progress.shown("x", is_quiet=True):
        steps.begin("nobody")
