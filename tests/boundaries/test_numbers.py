"""Tests of the pages carry the numbers of the list in docs/tests.md; that list says which files hold each of them."""

import re

from material import ROOT

LIST = ROOT / "docs" / "tests.md"


def test_the_list_names_every_number_with_the_files_that_test_it_and_no_other():
    listed = {}
    for n, files in re.findall(r"^\| (\d+) \| .* \| (.*) \|$", LIST.read_text(encoding="utf-8"), re.MULTILINE):
        listed[int(n)] = set(re.findall(r"`(.*?)`", files))
    found: dict[int, set[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for numbers in re.findall(r"^def test_((?:\d\d_)+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            for n in re.findall(r"\d\d", numbers):
                found.setdefault(int(n), set()).add(str(path.relative_to(ROOT / "tests")))
    assert listed == found
    assert sorted(found) == list(range(1, 37))
