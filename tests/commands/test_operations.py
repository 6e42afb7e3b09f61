"""docs/operations.md does what it says: every command of it is run, by a test of this file or one that is named here; its tables are whole."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.gdelt_day import export, zipped
from bilateral.exits import Exit
from bilateral.settings import Settings
from material import ROOT, clean_environment
from source_server import source_server

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)


def lines(kind: str) -> list[str]:
    """Commands of the blocks of a kind, one a line."""
    return [re.sub(r"\s+#.*", "", line.strip()) for block in blocks(kind) for line in block.splitlines() if line.strip()]


def two_days(source) -> None:
    """Every fourth export of two days, so that there are gaps to show."""
    names = []
    for slot in range(0, 192, 4):
        added = datetime(2026, 11, 22) + timedelta(minutes=15 * slot)
        names.append(f"{added:%Y%m%d%H%M%S}.export.CSV.zip")
        source.files[names[-1]] = zipped(names[-1].removesuffix(".zip"), export(added, 5))
    source.files["masterfilelist.txt"] = source.listed(*names).encode()
    source.files["lastupdate.txt"] = source.listed(names[-1]).encode()


@pytest.fixture
def serving(house, small_tree):
    """The dashboard over the house's data, on a free port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "serve", "--port", "0", "--data", str(house.data)],
        env=clean_environment(small_tree), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with process:
        yield re.search(r"http://(\S+)", process.stdout.readline())[1]
        process.terminate()


@pytest.fixture
def place(tmp_path) -> Path:
    """A folder to work in, with the command `bilateral`."""
    place = tmp_path / "place"
    place.mkdir()
    program(place / "bilateral", f'exec "{sys.executable}" -m bilateral "$@"')
    return place


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")
def test_every_sh_block_runs_as_it_stands(house, small_tree, serving, place):
    (place / "alerts.toml").write_text(blocks("toml")[0], encoding="utf-8")
    commands = "\n".join(blocks("sh")).replace("127.0.0.1:8050", serving)
    with source_server() as source:
        two_days(source)
        environment = clean_environment(small_tree) | {
            "PATH": f"{place}:{os.environ['PATH']}",
            "BILATERAL_DATA": str(house.data),
            "BILATERAL_GDELT_ADDRESS": source.address,
            "no_proxy": "127.0.0.1",
        }
        ended = subprocess.run(
            ["bash", "-eux", "-o", "pipefail", "-c", commands],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr[-3000:] + ended.stdout[-2000:]
    assert "48 to download" in ended.stdout
    assert "the source's list does not have it" in ended.stdout
    assert re.search(r'"status": "(ok|stale)"', ended.stdout)
    assert "strong acts, Mexico: begins; " in ended.stdout
    assert "Traceback" not in ended.stderr


# ------------------------------------------------------------------ commands that stay, and those for root


LASTING = {
    "bilateral serve --workers 2": "http://127.0.0.1:",
    "bilateral schedule --every 15m": "refresh.ended",
    "bilateral mcp --port 8051": "http://127.0.0.1:",
}
"""Commands that run until they are told to stop, and what they print when they work."""


@pytest.mark.parametrize("command", LASTING)
def test_every_command_that_stays_starts_as_it_stands_works_and_stops_when_told(house, small_tree, place, command):
    environment = clean_environment(small_tree) | {
        "PATH": f"{place}:{os.environ['PATH']}",
        "BILATERAL_DATA": str(house.data),
        "BILATERAL_LOG": "json",
        "BILATERAL_PORT": "0",
    }
    asked = ["env", *shlex.split(command.replace("8051", "0"))]
    process = subprocess.Popen(
        asked, cwd=place, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        said = ""
        for line in process.stdout:
            said += line
            if LASTING[command] in line:
                break
        process.send_signal(signal.SIGTERM)
        said += process.communicate(timeout=60)[0]
    assert LASTING[command] in said
    assert "Traceback" not in said
    assert process.returncode in (0, -signal.SIGTERM), said


@pytest.mark.long
@pytest.mark.skipif(
    not shutil.which("unshare") or os.geteuid(), reason="only root may change a machine, also one that lasts as long as a test"
)
def test_the_blocks_for_root_install_schedule_serve_and_upgrade_as_they_stand(tmp_path):
    """On this machine, with /etc, /opt and /var as a layer above the real ones that is gone at the end."""
    folders, programs = ("etc", "opt", "var"), tmp_path / "programs"
    for name in folders:
        for use in ("upper", "work"):
            (tmp_path / use / name).mkdir(parents=True)
    programs.mkdir()
    program(
        programs / "sudo", f'export PATH="{programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"; exec "$@"'
    )
    program(programs / "systemctl", SYSTEMCTL)
    layers = "\n".join(
        f"mount -t overlay overlay -o lowerdir=/{name},upperdir={tmp_path}/upper/{name},workdir={tmp_path}/work/{name} /{name}"
        for name in folders
    )
    for_root = [block for block in blocks("console") if "sudo" in block]
    commands = "\n".join(for_root).replace("<address of the project>", str(ROOT))
    ended = subprocess.run(
        ["unshare", "--mount", "bash", "-eux", "-o", "pipefail", "-c", f"{layers}\n{commands}\n{AFTER_INSTALLING}"],
        cwd=ROOT,
        env=clean_environment(ROOT) | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    if "wrong fs type" in ended.stderr or "Operation not permitted" in ended.stderr.split("useradd")[0]:
        pytest.skip("no layer can be mounted above the folders of this machine")
    assert ended.returncode == 0, ended.stderr[-3000:] + ended.stdout[-2000:]
    assert re.search(r"^1273$", ended.stdout, re.MULTILINE)
    assert not Path("/opt/bilateral").exists()


SYSTEMCTL = """case "$1" in
enable) shift; test "$1" = --now && shift; exec /usr/bin/systemctl --root=/ enable "$@" ;;
start | restart | reload) test -e "/etc/systemd/system/$2.service" && grep -q ^ExecStart= "/etc/systemd/system/$2.service" ;;
*) exit 64 ;;
esac"""
"""Where no systemd runs: units are really enabled; of one to restart it is seen that it is there."""

AFTER_INSTALLING = """ls -l /etc/systemd/system/timers.target.wants/bilateral-refresh.timer /etc/systemd/system/multi-user.target.wants/bilateral-serve.service
service=/etc/systemd/system/bilateral-refresh.service
start="$(sed -n 's/^ExecStart=//p' "$service")"
runuser -u bilateral -- env -i BILATERAL_DATA=/var/lib/bilateral ${start% --quiet}
runuser -u bilateral -- env -i BILATERAL_DATA=/var/lib/bilateral /opt/bilateral/.venv/bin/bilateral doctor
runuser -u bilateral -- env -i BILATERAL_DATA=/var/lib/bilateral /opt/bilateral/.venv/bin/bilateral sql 'select count(*) from reports' --format csv"""
"""What the service does, as the user that it names."""


ELSEWHERE = {
    "bilateral mcp": "web/test_mcp.py::test_a_program_that_starts_it_asks_over_its_input_and_output",
    "bilateral load measures --template": "load/test_curation.py::test_the_commands_add_check_and_load_and_refuse_what_would_stop_every_refresh",
    'bilateral sql "from rejects"': "commands/test_foreign.py::test_names_of_files_reports_and_the_doctor_show_escapes",
    "bilateral password NAME": "web/test_security.py::test_the_command_prints_a_line_and_never_the_password",
    "docker compose -f docs/units/compose.yaml up -d": "publish/test_schedule.py::test_compose_is_accepted",
    "pip install 'bilateral[mcp]'": "boundaries/test_wheel.py::test_the_wheel_offers_the_tools_for_language_models_as_an_extra",
}
"""Commands of the page that another test runs in its own way, or tries as far as a machine without a network can."""
EXAMPLES = {"ps -p 4711"}
"""Programs of the system with a number that stands for another."""


def commands_of_the_page() -> set[str]:
    """Every line of a block that is run, and every command with words in the text."""
    text = re.sub(r"^ *```.*?^ *```", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    spans = {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)}
    known = {"bilateral", "docker", "sudo", "systemctl", "rsync", "duckdb"}
    inline = {span for span in spans if " " in span and (span.split()[0] in known or shutil.which(span.split()[0]))}
    return inline | set(lines("console")) | set(lines("sh"))


def test_every_command_of_the_page_is_run_by_a_test():
    """One that is new must stand in a block that runs, or be named above."""
    assert set(re.findall(r"^ *```(\w+)$", TEXT, re.MULTILINE)) == {"sh", "console", "toml", "yaml", "json", "nginx", "ini"}
    run = lines("sh") + [line for line in lines("console") if "sudo" in line]
    left = {command for command in commands_of_the_page() if not any(command in line for line in run)}
    assert left == {*LASTING, *ELSEWHERE, *EXAMPLES}
    for place in ELSEWHERE.values():
        file, test = place.split("::")
        assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), place


def test_every_setting_stands_in_the_table_with_its_default():
    table = TEXT.split("## Tune")[1].split("\n\n")[1]
    for name, field in Settings.model_fields.items():
        assert f"`BILATERAL_{name.upper()}`" in table, name
        if isinstance(field.default, int | str) and not str(field.default).startswith("http"):
            (row,) = [line for line in table.splitlines() if f"`BILATERAL_{name.upper()}`" in line]
            assert str(field.default) in row, row


def test_every_exit_code_stands_in_the_table():
    table = TEXT.split("### Exit codes")[1].split("\n\n")[1]
    assert sorted(map(int, re.findall(r"^\| (\d+) \|", table, re.MULTILINE))) == sorted(map(int, Exit))
