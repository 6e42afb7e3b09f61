"""The coder against coded sentences: those of ../shared/coder-gold where they are there, and a made set in the same form."""

import json
import subprocess
import sys

import pytest

from bilateral.evaluation import coder
from bilateral.intake.coding.rules import Rules
from material import ROOT

GOLD = ROOT.parent / "shared" / "coder-gold"
SHARED = ROOT.parent.parent / "shared" / "coder-gold"
"""The folder beside the checkout, or beside the folder of checkouts."""
RULES = Rules()


def event(source: str | None, target: str | None, root: str, plover: str = "", **more) -> dict:
    return {
        "source": source,
        "target": target,
        "cameo_root": root,
        "quad_class": coder.quad(root),
        "plover_event": plover,
        **more,
    }


def row(number: int, text: str, *events: dict) -> dict:
    return {"id": f"made-{number}", "date": "2026-03-20", "text": text, "events": list(events)}


MADE = [
    row(1, "Canada criticized China.", event("CAN", "CHN", "11", "ACCUSE")),
    row(2, "Mexico and Canada signed a treaty.", event("MEX", "CAN", "05", "SUPPORT"), event("CAN", "MEX", "05", "SUPPORT")),
    row(3, "The United States deported Colombians.", event("USACOP", "COLCVL", "17", "COERCE")),
    row(4, "Nobody knows what the river will do.", event("MEX", None, "01", "")),
]
"""Made: three sentences that the coder gets right, and one in which it sees nothing."""


def test_scores_of_a_made_set():
    found = coder.score(MADE, RULES)
    assert (found.sentences, found.quad, found.source, found.target, found.triple) == (4, 0.75, 0.75, 0.75, 0.75)
    assert found.root_f1 == pytest.approx(2 * 1 * 0.75 / 1.75)


def test_precision_counts_only_sentences_with_a_proposal_of_two_actors():
    rows = [MADE[0], {**MADE[2], "events": []}, MADE[3]]
    assert coder.precision(rows, RULES) == (2, 0.5, 0.5)


def test_a_type_that_a_set_joins_fits_both_of_the_codebook():
    made = [row(1, "Canada withdrew its troops from Mexico.", event(None, None, "08", "YIELD"))]
    assert coder.types(made, RULES) == (1, 1.0, 1.0)


def test_an_article_names_what_was_missed_and_what_nobody_coded():
    core = {"tier": "core", "accept_also": []}
    article = row(
        1,
        "Canada criticized China. Mexico thanked Japan.",
        event("CAN", "CHN", "11", id="A", **core),
        event("CHN", "CAN", "04", id="B", **core),
    )
    missed, false = coder.article(article, RULES)
    assert missed == ["B"]
    assert [(p.source_country, p.target_country) for p in false] == [("MEX", "JPN")]


@pytest.mark.parametrize(("language", "least_root", "least_both"), [("en", 0.45, 0.27), ("es", 0.45, 0.30)])
def test_the_chronology_is_proposed_from_its_own_sentences(language, least_root, least_both):
    count, root, both = coder.replay(language, RULES)
    assert count == 1262
    assert root >= least_root
    assert both >= least_both


@pytest.fixture(scope="module")
def gold():
    found = next((folder for folder in (GOLD, SHARED) if folder.is_dir()), None)
    if found is None:
        pytest.skip("../shared/coder-gold is not there: sentences coded by others, which this project may not contain")
    return found


def test_targets_on_sentences_coded_by_others(gold):
    found = coder.score(coder.rows_of(gold / "plover-gsr.jsonl"), RULES)
    assert found.root_f1 >= 0.75
    assert found.quad >= 0.80
    assert min(found.source, found.target) >= 0.70


def test_targets_on_the_half_that_was_not_worked_on(gold):
    rows = [row for row in coder.rows_of(gold / "plover-gsr.jsonl") if coder.half(row) != coder.WORKED_ON]
    found = coder.score(rows, RULES)
    assert found.root_f1 >= 0.75
    assert found.quad >= 0.80


def test_sentences_with_two_actors_hold_an_event(gold):
    _, events, _ = coder.precision(coder.rows_of(gold / "conflibert-cameo.jsonl"), RULES)
    assert events >= 0.60


def test_every_core_event_of_the_article_and_no_other(gold):
    assert coder.article(coder.rows_of(gold / "seed-article.jsonl")[0], RULES) == ([], [])


def test_two_processes_give_the_same_bytes():
    program = (
        "import sys; from bilateral.evaluation.coder import item; from bilateral.intake.coding.rules import Rules; import json;"
        "print([Rules().proposals(item(row)) for row in json.load(sys.stdin)])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(MADE),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "source_country='CAN'" in runs[0]
