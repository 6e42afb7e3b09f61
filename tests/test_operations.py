"""docs/operations.md does what it says: its `sh` blocks run as they stand, in order, and its tables name every setting and code."""

import os
import re
import shutil
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from bench.gdelt_day import export, zipped
from material import ROOT, clean_environment
from source_server import source_server

from dashboard.exits import Exit
from dashboard.settings import Settings

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^ *```{kind}\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)


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
        [sys.executable, "-m", "dashboard", "serve", "--port", "0", "--data", str(house.data)],
        env=clean_environment(small_tree), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with process:
        yield re.search(r"http://(\S+)", process.stdout.readline())[1]
        process.terminate()


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not on this machine")
def test_every_sh_block_runs_as_it_stands(house, small_tree, serving, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    (place / "bilateral").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dashboard "$@"\n')
    (place / "bilateral").chmod(0o755)
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


def test_the_blocks_for_root_parse():
    for block in blocks("console"):
        assert (
            subprocess.run(["bash", "-n", "-c", block.replace("<address of the project>", "x")], check=False).returncode == 0
        ), block


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
