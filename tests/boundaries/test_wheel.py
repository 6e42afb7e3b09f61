"""An installed wheel works outside the checkout: queries, seeds and assets travel in it, and a second wheel brings a reader of its own dataset."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

from material import PATIENCE, ROOT, write_lines


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the package out of a freshly built wheel, and nothing of the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    install(ROOT, place)
    return place


def install(project: Path, place: Path) -> None:
    """Build the wheel of a project and unpack it among the others of `place`."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place / project.name), str(project)]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    (wheel,) = (place / project.name).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "site")


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess:
    """`bilateral …` of the wheel, in an empty folder."""
    return subprocess.run(
        command(*arguments), cwd=home(installed), env=environment(installed), capture_output=True, text=True, timeout=PATIENCE
    )


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bilateral", *arguments]


def home(installed: Path) -> Path:
    (installed / "empty").mkdir(exist_ok=True)
    return installed / "empty"


def environment(installed: Path) -> dict[str, str]:
    """With the wheels alone on the path, beside what they depend on."""
    return {**os.environ, "PYTHONPATH": str(installed / "site"), "PYTHONSAFEPATH": "1", "COLUMNS": "400"}


@pytest.fixture(scope="module")
def refreshed(installed) -> Path:
    """The same after its first refresh."""
    done = run(installed, "refresh")
    assert done.returncode == 0, done.stderr
    return installed


def test_the_wheel_refreshes_asks_and_serves_outside_the_checkout(refreshed):
    where = [sys.executable, "-c", "import bilateral; print(bilateral.__file__)"]
    found = subprocess.run(where, cwd=home(refreshed), env=environment(refreshed), capture_output=True, text=True)
    assert found.stdout.strip() == str(refreshed / "site" / "bilateral" / "__init__.py")
    doctor = run(refreshed, "doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert run(refreshed, "sql", "select count(*) as n from reports", "--format", "csv").stdout.split() == ["n", "1273"]
    server = subprocess.Popen(
        command("serve", "--port", "0"), cwd=home(refreshed), env=environment(refreshed), stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address
        with urllib.request.urlopen(address[0] + "/pair/MEX-USA") as page:
            assert "recorded events in the" in page.read().decode()
        with urllib.request.urlopen(address[0] + "/method") as page:
            assert "<h2>3. The balance, by hand</h2>" in page.read().decode()
        with urllib.request.urlopen(address[0] + "/validation") as page:
            assert "<h2>Conclusion</h2>" in page.read().decode()
        with urllib.request.urlopen(address[0] + "/assets/10-page.css") as style:
            assert style.status == 200
    finally:
        server.terminate()
        server.wait(PATIENCE)
        assert server.stdout
        server.stdout.close()


def test_the_wheel_names_its_command_and_carries_its_licences(installed):
    (wheel,) = (installed / ROOT.name).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (entry,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "bilateral = bilateral.__main__:main" in archive.read(entry).decode()
    assert {name.split("/")[0] for name in names} == {"bilateral", "bilateral-0.2.0.dist-info"}  # no module of another name
    assert "bilateral/queries/indicators/balance.sql" in names
    assert "bilateral/seeds/chronology/usa-mex.csv" in names
    assert any(name.endswith("plotly.LICENSE") for name in names)


def test_the_wheel_offers_the_tools_for_language_models_as_an_extra(installed):
    (wheel,) = (installed / ROOT.name).glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (archive.read(name).decode() for name in archive.namelist() if name.endswith("METADATA"))
    assert "Provides-Extra: mcp" in metadata
    assert re.search(r"^Requires-Dist: mcp\b.*extra == ['\"]mcp['\"]", metadata, re.MULTILINE)


NOTES = (
    "note,day,from_country,to_country,code",
    "n1,2026-03-02,USA,MEX,042",
    "n2,2026-03-03,MEX,USA,0311",
    "n3,soon,MEX,USA,042",
)


@pytest.fixture
def extended(refreshed, tmp_path) -> Path:
    """A folder with both wheels and data of its own, to be broken."""
    for name in ("site", "empty"):
        shutil.copytree(refreshed / name, tmp_path / name)
    install(ROOT / "tests" / "boundaries" / "embassies", tmp_path)
    return tmp_path


def test_a_second_wheel_brings_a_reader_by_its_entry_point(extended):
    write_lines(home(extended) / "notes.csv", list(NOTES))
    loaded = run(extended, "load", "embassies", "notes.csv")
    assert loaded.returncode == 0, loaded.stderr
    assert "notes.csv: 3 read, 2 accepted, 0 known, 1 rejected" in loaded.stdout
    acts = "select event_day, source_country, code from events where dataset = 'embassies' order by 1"
    assert run(extended, "sql", acts, "--format", "csv").stdout.split() == [
        "event_day,source_country,code", "2026-03-02,USA,042", "2026-03-03,MEX,0311",
    ]  # fmt: skip
    reason = run(extended, "sql", "select reason from rejects where dataset = 'embassies'", "--format", "csv").stdout
    assert "day 'soon' is not a calendar day; YYYY-MM-DD was expected" in reason
    shown = "select n_events, state from series('embassies', 'MEX-USA', 'all', 30) where day = date '2026-03-03'"
    assert run(extended, "sql", shown, "--format", "csv").stdout.splitlines()[1:] == ["1,too few"]
    assert "Notes of embassies" in run(extended, "sql", "from datasets", "--format", "csv").stdout


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("__init__.py", "import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
        ("__init__.py", "READER = 42", "bilateral_embassies:READER is not a bilateral.load.readers.Reader"),
        ("datasets.csv", "dataset,coding\n", "its `about` must have one line, of the dataset embassies; it has none"),
        ("embassies.sql", None, "its `judge` is embassies.sql; a file is needed"),
    ],
)
def test_a_reader_that_cannot_be_used_is_told(extended, file, text, said):
    path = extended / "site" / "bilateral_embassies" / file
    path.unlink()
    if text:
        path.write_text(text, encoding="utf-8")
    loaded = run(extended, "load", "embassies", "notes.csv")
    assert loaded.returncode == 78
    assert loaded.stderr.strip() == f"the reader embassies of bilateral-embassies cannot be used: {said}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    code,\n", "", "the `judge` of the reader embassies gives no column code"),
        (
            "from_country as source_country",
            "home as source_country",
            "the `judge` of the reader embassies does not run: Binder Error: ",
        ),
    ],
)
def test_a_judge_that_gives_no_whole_row_is_told_as_a_fault_of_its_reader(extended, old, new, said):
    judge = extended / "site" / "bilateral_embassies" / "embassies.sql"
    text = judge.read_text(encoding="utf-8")
    assert old in text
    judge.write_text(text.replace(old, new), encoding="utf-8")
    write_lines(home(extended) / "notes.csv", list(NOTES))
    loaded = run(extended, "load", "embassies", "notes.csv")
    assert loaded.returncode == 65
    assert f"notes.csv was refused: {said}" in loaded.stderr
    assert "a fault of bilateral" not in loaded.stdout + loaded.stderr


def test_a_reader_that_cannot_be_used_stops_nothing_else(extended):
    (extended / "site" / "bilateral_embassies" / "__init__.py").write_text("import nothing_of_this_name", encoding="utf-8")
    assert run(extended, "refresh").returncode == 0
    doctor = run(extended, "doctor")
    assert doctor.returncode == 1
    said = "the reader embassies of bilateral-embassies cannot be used: No module named 'nothing_of_this_name'"
    assert said in " ".join(doctor.stdout.split())
