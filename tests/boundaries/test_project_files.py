"""Files for people who help: they name what is there, and say the same as the Makefile and pyproject.toml. And the check of made pages finds what it looks for."""

import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from material import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
HEAD = "<!DOCTYPE html><title>a page</title>"


def read(name: str):
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_citation_is_of_this_version_and_licence():
    citation = read("CITATION.cff")
    assert citation["cff-version"] == "1.2.0"
    assert {"title", "message", "authors"} <= citation.keys()
    assert (citation["version"], citation["license"]) == (PROJECT["project"]["version"], PROJECT["project"]["license"])


def test_a_commit_is_checked_by_the_commands_of_make_check():
    (repository,) = read(".pre-commit-config.yaml")["repos"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (parts,) = re.findall(r"^check: (.*?) +##", makefile, re.MULTILINE)
    recipes = [re.search(rf"^{part}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)[1] for part in parts.split()]
    commands = [line.strip("\t@").replace("$(BIN)", ".venv/bin") for line in "".join(recipes).splitlines()]
    assert repository["repo"] == "local"
    assert sorted(hook["entry"] for hook in repository["hooks"]) == sorted(commands)


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda path: path.stem)
def test_a_form_asks_for_something_that_must_be_answered(path):
    form = read(f".github/ISSUE_TEMPLATE/{path.name}")
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert form["name"]
    assert form["description"]
    assert all(field["attributes"]["label"] for field in asked)
    assert len({field["id"] for field in asked}) == len(asked)
    assert any(field.get("validations", {}).get("required") for field in asked)


@pytest.mark.parametrize("name", ["CODE_OF_CONDUCT.md", "SECURITY.md", "README.md"])
def test_links_of_a_page_at_the_top_lead_to_files(name):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_each_decision_has_a_number_of_its_own_and_none_is_missing():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_types_travel_with_the_package():
    (package,) = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert (ROOT / package / "py.typed").exists()


def test_what_makes_the_pages_is_in_no_environment_of_user_or_tests():
    groups = PROJECT["dependency-groups"]
    names = {re.split(r"[\[<>=]", line)[0] for line in groups["site"]}
    assert names == {"sphinx", "myst-parser", "furo"}
    for lock in ("requirements.lock", "requirements-test.lock"):
        assert names.isdisjoint(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_lock_of_the_pages_pins_with_hashes_and_names_no_address():
    text = (ROOT / "requirements-site.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
    assert "://" not in text
    assert len(pins) > 20
    assert text.count("--hash=sha256:") >= len(pins)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<a href="other.html#place">there</a> <a href="https://example.org">elsewhere</a> <a href="#">top</a>', None),
        ('<h1 id="here">a</h1><a href="#here">here</a><script src="code.js"></script>', None),
        ('<a href="gone.html">gone</a>', "links to gone.html, which is not there"),
        ('<a href="other.html#nowhere">gone</a>', "links to other.html#nowhere, which is not there"),
        ('<img src="gone.png">', "links to gone.png, which is not there"),
        ('<script src="https://example.org/a.js"></script>', "fetches https://example.org/a.js"),
        ('<link rel="preconnect" href="//fonts.example.org">', "fetches //fonts.example.org"),
        ('<link rel="stylesheet" href="foreign.css">', "fetches https://example.org/a.woff2"),
    ],
)
def test_made_pages_lead_somewhere_and_fetch_nothing(tmp_path, page, told):
    (tmp_path / "index.html").write_text(HEAD + page, encoding="utf-8")
    (tmp_path / "other.html").write_text(HEAD + '<h1 id="place">a place</h1>', encoding="utf-8")
    (tmp_path / "code.js").touch()
    if "foreign.css" in page:
        (tmp_path / "foreign.css").write_text("@font-face { src: url('https://example.org/a.woff2') }", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, ROOT / ".ci" / "pages", tmp_path], capture_output=True, text=True, check=False, timeout=60
    )
    assert ended.returncode == (told is not None), ended.stdout + ended.stderr
    assert (told or "no link leads nowhere") in ended.stdout


def test_a_folder_without_pages_is_no_success(tmp_path):
    ended = subprocess.run(
        [sys.executable, ROOT / ".ci" / "pages", tmp_path], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, "run `make site`" in ended.stdout) == (1, True)
