"""What the code may not do: SQL outside its places, Dash in a refresh, addresses of this machine in git."""

import ast
import re
import subprocess
import sys

import pytest

from material import ROOT, clean_environment

SQL_MODULES = {
    "compute/asides.py": "moves rows that break a check among the refused ones",
    "sources/curated.py": "asks DuckDB which columns a Parquet file has",
    "load/extracts.py": "writes which days an extract covers",
    "ask/compatibility.py": "asks DuckDB's catalog what a snapshot has",
    "compute/increments.py": "writes which days changed",
    "cluster/slices.py": "writes the rows of slices for tasks, and takes in what they made",
    "compute/chains.py": "narrows what series are made of to the days that they need",
    "load/curated_files.py": "writes the rows of files",
    "load/bulk.py": "writes the rows of machine-coded files",
    "load/file_names.py": "looks up which names are taken",
    "load/readings.py": "looks up which files were read",
    "load/gaps.py": "writes what a source lacks",
    "compute/macros.py": "makes macros of the files of queries/",
    "web/passwords.py": "counts wrong guesses in SQLite",
    "intake/store.py": "keeps items in SQLite",
    "intake/record.py": "keeps requests and their outcomes in SQLite",
    "intake/hosts.py": "keeps what hosts ask for in SQLite",
    "intake/copies.py": "copies requests and items from SQLite",
    "intake/queue.py": "keeps proposals and decisions in SQLite",
    "intake/ranking.py": "keeps the learned order of proposals in SQLite",
    "intake/reviewed.py": "copies proposals and decisions into the work database",
    "outcomes/files.py": "writes values and files of outcomes",
    "publish/lake.py": "copies tables to Parquet and back",
    "publish/run.py": "builds",
    "publish/run_notes.py": "counts what readers find",
    "publish/publication.py": "knows what was published last",
    "compute/revisions.py": "writes what a source replaced",
    "compute/runner.py": "runs the files of queries/ and stores their rows",
    "load/registers.py": "asks DuckDB how many rows it reads of a file that is not loaded yet",
    "publish/checksums.py": "asks DuckDB for a checksum of any table",
    "ask/sandbox/statements.py": "asks DuckDB for the parse tree of a reader's statement",
    "load/add.py": "adds judged rows",
    "publish/forecasts.py": "enters the ledger of forecasts",
    "publish/hash_chain.py": "appends hashed rows and looks after them",
    "load/judge.py": "judges rows of machine-coded files",
}
"""Where SQL text may stand in Python, and what it does there: the kernel that loads, runs, writes and looks after databases. Indicators and what is
asked of them are files of queries/."""

EXAMPLES = {"commands/terminal.py", "web/api.py", "compute/data_dictionary.py"}
"""These show SQL for people to copy, and run none."""

SQL = re.compile(r"\b(select|with)\b.+\bfrom\b|\bfrom (main|core|staging|raw|indicators)\.", re.IGNORECASE | re.DOTALL)
PACKAGE = ROOT / "dashboard"
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}


def texts(path) -> list[str]:
    """Every string of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_sql_stands_in_query_files_and_the_kernel_alone():
    allowed = SQL_MODULES.keys() | EXAMPLES
    found = [(name, text) for name, path in MODULES.items() if name not in allowed for text in texts(path) if SQL.search(text)]
    assert found == []


@pytest.mark.parametrize("name", sorted(SQL_MODULES.keys() | EXAMPLES))
def test_the_search_for_sql_finds_it_in_each_module_that_may_hold_it(name):
    assert [text for text in texts(MODULES[name]) if SQL.search(text)]


LONGEST = 300
"""Lines of a module. A longer one has a seam: what is on the other side of it is another module."""


def test_no_module_is_longer_than_a_reader_keeps_in_mind():
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


@pytest.mark.parametrize("module", ["bilateral.publish.refresh", "bilateral.__main__"])
def test_importing_what_a_nightly_job_needs_loads_nothing_of_the_web_and_no_pandas(module):
    code = f"import sys, {module}; print(sorted({{'dash', 'flask', 'pandas', 'plotly', 'gunicorn'}} & sys.modules.keys()))"
    ended = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(ROOT), capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout == "[]\n"


def test_the_command_line_starts_without_a_database_and_without_a_table_of_settings():
    heavy = "{'duckdb', 'numpy', 'pydantic', 'structlog', 'stamina', 'httpx2', 'rich.table'}"
    code = f"import sys, bilateral.__main__; print(sorted({heavy} & sys.modules.keys()))"
    ended = subprocess.run([sys.executable, "-c", code], env=clean_environment(ROOT), capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


CLOCK = re.compile(r"\bdate\.today\(|\butcnow\(|\bdatetime\.today\(|\bdatetime\.now\(\)|\bnow\(UTC\)\.date\(")
"""Ways to ask a clock for the day of this machine, or for that of UTC past the one function that gives it."""


def test_what_day_it_is_is_asked_in_one_place_and_is_that_of_utc():
    calls = [(name, found) for name, path in MODULES.items() for found in CLOCK.findall(path.read_text(encoding="utf-8"))]
    assert calls == [("today.py", "now(UTC).date(")]
    queries = [
        path
        for path in sorted((ROOT / "queries").rglob("*.sql"))
        if re.search(r"\b(current_date|today\(\))", path.read_text("utf-8"))
    ]
    assert queries == []  # DuckDB gives the day of the machine's zone by these


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_lock_files_pin_with_hashes_and_name_no_address():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        pins = re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)


ADDRESS_OR_PATH = re.compile(rb"https?://[^\s\"'<>|,;)]+|/work/(?:main|shared)\b|/root/|/home/\w+/|/Users/\w+/")
REGISTRY = re.compile(rb"https?://[^/]*(?:pypi|pythonhosted|artifactory|nexus|jfrog)")


def of_the_machine(content: bytes) -> list[bytes]:
    """Addresses of package registries, and paths of the machine that stand outside an address: news sites have pages below /home/world/."""
    found = ADDRESS_OR_PATH.findall(content)
    return [text for text in found if text.startswith(b"/") or REGISTRY.match(text)]


def test_no_file_in_git_names_a_package_registry_or_a_path_of_the_machine_it_was_made_on():
    skipped = ("assets/", "tests/boundaries/")
    found = [
        (name, match)
        for name in tracked()
        if not name.startswith(skipped)
        for match in of_the_machine((ROOT / name).read_bytes())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"see /home/ana/data.csv", [b"/home/ana/"]),
        (b"file:///Users/ana/data.csv", [b"/Users/ana/"]),
        (b"page,/root/data https://example.org/home/world/a,/work/main", [b"/root/", b"/work/main"]),
        (b"[a](https://example.org/root/)/root/", [b"/root/"]),
        (b"index = 'https://files.pythonhosted.org/packages'", [b"https://files.pythonhosted.org/packages"]),
        (b"http://user:word@mirror-pypi:8080/simple", [b"http://user:word@mirror-pypi:8080/simple"]),
        (b"https://example.org/home/world/2020/07/story|https://example.org/pypi", []),
    ],
)
def test_the_search_for_paths_and_registries_finds_those_outside_other_addresses(content, found):
    assert of_the_machine(content) == found


def test_what_a_run_leaves_is_not_in_git():
    left = re.compile(r"(^|/)(\.data|\.venv|__pycache__|\.pytest_cache|dist|build)/|\.(duckdb|wal|draft|pyc)$")
    assert [name for name in tracked() if left.search(name)] == []
