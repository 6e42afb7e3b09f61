"""An installed wheel works outside the checkout: queries, seeds and assets travel in it."""

import os
import re
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the package out of a freshly built wheel, and nothing of the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")
    return place


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess:
    """`bilateral …` of the wheel, in an empty folder."""
    return subprocess.run(
        command(*arguments), cwd=home(installed), env=environment(installed), capture_output=True, text=True, timeout=60
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from dashboard.__main__ import main; main()", *arguments]


def home(installed: Path) -> Path:
    (installed / "empty").mkdir(exist_ok=True)
    return installed / "empty"


def environment(installed: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(installed / "site"), "PYTHONSAFEPATH": "1"}


def test_the_wheel_refreshes_asks_and_serves_outside_the_checkout(installed):
    where = [sys.executable, "-c", "import dashboard; print(dashboard.__file__)"]
    found = subprocess.run(where, cwd=home(installed), env=environment(installed), capture_output=True, text=True)
    assert str(installed) in found.stdout
    done = run(installed, "refresh")
    assert done.returncode == 0, done.stderr
    assert run(installed, "sql", "select count(*) as n from reports", "--format", "csv").stdout.split() == ["n", "1199"]
    server = subprocess.Popen(
        command("serve", "--port", "0"), cwd=home(installed), env=environment(installed), stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address
        with urllib.request.urlopen(address[0] + "/pair/MEX-USA") as page:
            assert "acts are on record" in page.read().decode()
        with urllib.request.urlopen(address[0] + "/assets/10-page.css") as style:
            assert style.status == 200
    finally:
        server.terminate()
        server.wait(10)
        assert server.stdout
        server.stdout.close()


def test_the_wheel_names_its_command_and_carries_its_licences(installed):
    (wheel,) = installed.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "bilateral = dashboard.__main__:main" in archive.read(entry).decode()
    assert "dashboard/queries/indicators/balance.sql" in names
    assert "dashboard/seeds/chronology/usa-mex.csv" in names
    assert any(name.endswith("plotly-cartesian.LICENSE") for name in names)


def test_the_wheel_offers_the_tools_for_language_models_as_an_extra(installed):
    (wheel,) = installed.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("METADATA"))
    assert "Provides-Extra: mcp" in metadata
    assert re.search(r"^Requires-Dist: mcp\b.*extra == ['\"]mcp['\"]", metadata, re.MULTILINE)
