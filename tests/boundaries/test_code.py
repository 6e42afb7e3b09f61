"""What the code may not do: SQL outside its places, Dash in a refresh, addresses of this machine in git."""

import ast
import re
import subprocess
import sys

import pytest
from material import ROOT, clean_environment

SQL_MODULES = {
    "queries.py",
    "runner.py",
    "macros.py",
    "refresh.py",
    "loading.py",
    "machine.py",
    "verdicts.py",
    "takeover.py",
    "warehouse.py",
    "increments.py",
    "revisions.py",
}
"""Where SQL text may stand in Python: the kernel that reads, runs, loads and asks. Everything else is a file of queries/."""

EXAMPLES = {"terminal.py", "api.py", "__main__.py", "tables.py"}
"""These show SQL for people to copy, and run none."""

SQL = re.compile(r"\b(select|with)\b.+\bfrom\b|\bfrom (main|core|staging|raw|indicators)\.", re.IGNORECASE | re.DOTALL)
MODULES = sorted((ROOT / "dashboard").rglob("*.py"))


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
    allowed = SQL_MODULES | EXAMPLES
    found = [(path.name, text) for path in MODULES if path.name not in allowed for text in texts(path) if SQL.search(text)]
    assert found == []


def test_the_search_for_sql_finds_the_sql_of_the_kernel():
    assert [text for text in texts(ROOT / "dashboard" / "refresh.py") if SQL.search(text)]


@pytest.mark.parametrize("module", ["dashboard.refresh", "dashboard.__main__"])
def test_importing_what_a_nightly_job_needs_loads_nothing_of_the_web_and_no_pandas(module):
    code = f"import sys, {module}; print(sorted({{'dash', 'flask', 'pandas', 'plotly', 'gunicorn'}} & sys.modules.keys()))"
    ended = subprocess.run(
        [sys.executable, "-c", code], env=clean_environment(ROOT), capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout == "[]\n"


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


def test_no_file_in_git_names_a_package_registry_or_a_path_of_the_machine_it_was_made_on():
    machine = re.compile(
        rb"https?://[\w.-]*(?:pypi|pythonhosted|artifactory|nexus|jfrog)[\w.-]*|/work/(?:main|shared)\b|/root/|/home/\w+/|/Users/\w+/"
    )
    skipped = ("assets/", "tests/boundaries/")
    found = [
        (name, match[0])
        for name in tracked()
        if not name.startswith(skipped)
        for match in machine.finditer((ROOT / name).read_bytes())
    ]
    assert found == []


def test_what_a_run_leaves_is_not_in_git():
    left = re.compile(r"(^|/)(\.data|\.venv|__pycache__|\.pytest_cache|dist|build)/|\.(duckdb|wal|draft|pyc)$")
    assert [name for name in tracked() if left.search(name)] == []
