"""The audit of `make check`: weaknesses fail it; a machine without a network is told so in one sentence and goes on."""

import json
import os
import subprocess
import sys
import sysconfig

import pytest

from material import ROOT


def audit(programs, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, ".ci/audit", str(programs)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip


def test_without_a_network_the_real_tool_is_said_to_be_skipped():
    nowhere = "http://127.0.0.1:9"
    ended = audit(sysconfig.get_path("scripts"), HTTPS_PROXY=nowhere, https_proxy=nowhere, NO_PROXY="", no_proxy="")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("The dependency audit was skipped (requests.exceptions.")
    assert ended.stdout.count("\n") == 1


KNOWN, UNKNOWN = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}
WEAK = {"name": "c", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["3"], "aliases": [], "description": ""}]}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([KNOWN, UNKNOWN], 0, "No known weakness in 1 packages; 1 are not known to the service\n"),
        ([KNOWN, WEAK], 1, "c 2: CVE-1, mended in 3\n"),
        ([UNKNOWN], 0, "The dependency audit was skipped (the service that was asked knows none of the 1 packages)"),
    ],
)
def test_what_the_tool_writes_is_told_and_only_weaknesses_fail(tmp_path, packages, code, said):
    """A program that writes what pip-audit 2.10 writes, since no test can wish for a weakness."""
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat <<'end'\n{json.dumps({'dependencies': packages, 'fixes': []})}\nend\nexit {code}\n")
    program.chmod(0o755)
    ended = audit(tmp_path)
    assert ended.returncode == code
    assert ended.stdout.startswith(said)
