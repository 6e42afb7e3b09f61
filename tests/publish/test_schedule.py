"""The schedule as a real process with real signals, and the units as far as this machine can try them."""

import json
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from bilateral.exits import Exit, Stop
from bilateral.publish import journal
from bilateral.publish.schedule import Schedule, interval
from material import PATIENCE, ROOT, clean_environment, wait_until

UNITS = ROOT / "docs" / "units"


@pytest.mark.parametrize(
    ("text", "time"),
    [("90s", timedelta(seconds=90)), ("15m", timedelta(minutes=15)), ("6h", timedelta(hours=6)), (" 1d ", timedelta(days=1))],
)
def test_times_between_refreshes(text, time):
    assert interval(text) == time


@pytest.mark.parametrize("text", ["", "15", "0m", "m", "1.5h", "15 m", "-1h", "1w", "9999999d"])
def test_what_is_no_time_is_one_sentence(text):
    with pytest.raises(Stop, match=r"is not a time between refreshes; write a number and s, m, h or d, as in 15m") as stop:
        interval(text)
    assert stop.value.code == Exit.CONFIGURATION


def counting(tmp_path, *codes: int) -> list[str]:
    """A command that ends with these codes one after the other, then with 0, and leaves a line a run."""
    program = tmp_path / "count.py"
    program.write_text(
        "import sys, pathlib\n"
        "runs = pathlib.Path(sys.argv[1]); n = len(runs.read_text().splitlines()) if runs.exists() else 0\n"
        "runs.open('a').write('run\\n'); codes = list(map(int, sys.argv[2:])); sys.exit(codes[n] if n < len(codes) else 0)\n"
    )
    return [sys.executable, str(program), str(tmp_path / "runs"), *map(str, codes)]


def runs(tmp_path) -> int:
    return len((tmp_path / "runs").read_text().splitlines())


@pytest.mark.parametrize(
    ("codes", "n_runs", "last"),
    [
        pytest.param([0], 1, 0, id="done"),
        pytest.param([75, 69], 3, 0, id="locked, then down, then done"),
        pytest.param([69, 69, 69, 69], 3, 69, id="down for longer: left for the next time"),
        pytest.param([65], 1, 65, id="bad data do not get better by waiting"),
        pytest.param([1], 1, 1, id="nor does a fault"),
    ],
)
def test_a_refresh_that_may_succeed_later_is_tried_again(tmp_path, codes, n_runs, last):
    schedule = Schedule(counting(tmp_path, *codes), timedelta(minutes=1), retries=2, first_wait=0.01)
    assert schedule.refresh() == last
    assert runs(tmp_path) == n_runs


def started(tree, data, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "bilateral", "schedule", "--data", str(data), *arguments],
        cwd=data,
        env=clean_environment(tree) | {"BILATERAL_LOG": "json"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_schedule_refreshes_again_and_again_until_it_is_told_to_stop(house, small_tree, number):
    before = len(journal.history(house.data))
    process = started(small_tree, house.data, "--every", "1s")
    with process:
        done = before + 2
        wait_until(lambda: sum(run.exit_code == 0 for run in journal.history(house.data)) >= done, "two more refreshes were done")
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert len(journal.history(house.data)) >= before + 2
    steps = [json.loads(line)["event"] for line in err.splitlines()]
    assert (steps[0], steps[-1]) == ("schedule.started", "schedule.stopped")
    assert "refresh.ended" in steps
    assert out == ""
    assert house.refresh().exit_code == 0  # nothing holds the lock any more


# ------------------------------------------------------------------ units


def test_systemd_accepts_the_units(tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is not on this machine; the next test reads the units without it")
    for unit in UNITS.glob("bilateral-*"):
        text = unit.read_text().replace("/opt/bilateral/.venv/bin/bilateral", "/bin/true")
        (tmp_path / unit.name).write_text(text.replace("User=bilateral", "User=root"))
    ended = subprocess.run(
        [analyze, "verify", "--man=no", *tmp_path.glob("bilateral-*")], capture_output=True, text=True, check=False
    )
    ours = [line for line in ended.stderr.splitlines() if "bilateral" in line]
    assert (ended.returncode, ours) == (0, [])
    calendar = re.search(r"OnCalendar=(.+)", (UNITS / "bilateral-refresh.timer").read_text())[1]
    assert subprocess.run([analyze, "calendar", calendar], capture_output=True, check=False).returncode == 0


def commands() -> list[list[str]]:
    """Every call of bilateral in the units, without its place."""
    found = []
    for unit in sorted(UNITS.iterdir()):
        for line in unit.read_text().splitlines():
            if line.startswith(("ExecStart=", 'CMD ["bilateral', "    command:")) or "/bin/bilateral" in line:
                words = re.findall(
                    r"[\w./-]+", line.split("bilateral", 1)[1] if "/bin/" not in line else line.split("/bin/bilateral", 1)[1]
                )
                found.append([word for word in words if word not in ("dev/null", "/dev/null")])
    return found


def test_every_call_in_the_units_is_a_call_that_the_command_knows():
    import typer

    from bilateral.__main__ import app

    known = typer.main.get_command(app)
    assert len(commands()) >= 7
    for name, *options in commands():
        command = known.commands[name]
        command.make_context(name, list(options))


def test_the_container_files_copy_what_there_is_and_parse():
    text = (UNITS / "Containerfile").read_text()
    for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE):
        assert [name for name in line.split() if not (ROOT / name).exists()] == []
    assert text.startswith("#")
    assert "USER bilateral" in text


def test_compose_is_accepted():
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not on this machine")
    ended = subprocess.run(
        [docker, "compose", "-f", str(UNITS / "compose.yaml"), "config", "-q"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_the_crontab_has_five_fields_and_a_command_a_line():
    jobs = [line for line in (UNITS / "crontab").read_text().splitlines() if line and line[0].isdigit()]
    assert jobs
    for job in jobs:
        assert re.match(r"(?:[\d*/,-]+ ){5}/\S+ \w+", job), job
