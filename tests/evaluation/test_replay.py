"""Acts of the register published on loopback in the form of each source, and proposed in the run that brings them."""

from datetime import date

import pytest

from bilateral.evaluation import replay
from bilateral.evaluation.made_publishers import FORMS

DOERS = {"dof": "MEX", "canada-global-affairs": "CAN", "colombia-cancilleria": "COL"}
HOSTS = {source: host for host, source in replay.HOSTS.items() if source != "federal-register"} | {
    replay.TRANSCRIPTS: "www.gob.mx"
}


def made_act(number: int, source: str) -> replay.Act:
    """An act that its source tells in a sentence of two named parties."""
    doer = DOERS.get(source, "USA")
    target = "USA" if doer != "USA" else "MEX"
    names = {"USA": "The United States", "MEX": "Mexico", "CAN": "Canada", "COL": "Colombia"}
    nombres = {"USA": "Estados Unidos", "MEX": "México", "COL": "Colombia", "CAN": "Canadá"}
    row = {
        "event_id": f"made-{number}", "event_date": f"2026-02-{2 + number:02}", "source_actor": doer, "target_actor": target,
        "cameo_code": "163", "summary": f"{names[doer]} imposes tariffs on {names[target]}.",
        "summary_es": f"{nombres[doer]} impuso aranceles a {nombres[target]}.", "source_title": "Made, 2026-02-12",
        "source_url": f"https://{HOSTS.get(source, 'made.example.org')}/{number}",
    }  # fmt: skip
    instrument = {"ofac": "sanction-designation"}.get(source, "tariff")
    return replay.Act(row, instrument, "a made act" if source in replay.GAZETTES.values() else "")


def test_each_form_brings_its_sentence_to_a_proposal_in_the_run_that_brings_it(tmp_path):
    names = [*FORMS, replay.TRANSCRIPTS]
    acts = [made_act(number, source) for number, source in enumerate(names)]
    assert [act.source for act in acts] == names
    found = replay.replay(acts, tmp_path)
    assert {name: (one.acts, one.fitting, one.right) for name, one in found.items()} == dict.fromkeys(names, (1, 1, 1))
    assert sum(one.measures_found for one in found.values()) == len(names) - 1  # the tariff of OFAC is no designation
    assert replay.table(found).splitlines()[-2:] == [f"{'all':24}{sum(found.values(), replay.Result()).line}", "missed, 0:"]


def test_what_was_not_proposed_is_told_with_what_was_in_its_place(tmp_path):
    act = made_act(1, "white-house")
    act.row["summary"] = "The United States thanks Mexico for a made tariff."
    told = replay.table(replay.replay([act], tmp_path)).splitlines()
    assert told[-2] == "missed, 1:"
    assert told[-1].startswith("  made-1 163 The United States thanks Mexico for a made tariff. — proposed: USA>MEX 0")


@pytest.mark.parametrize(
    ("until", "count", "least"),
    [(date(2026, 1, 31), 46, 12), pytest.param(replay.UNTIL, 149, 38, marks=pytest.mark.long)],
)
def test_acts_of_the_register_are_proposed(tmp_path, until, count, least):
    whole = sum(replay.replay(replay.register(until=until), tmp_path).values(), replay.Result())
    assert whole.acts == count
    assert whole.fitting >= least
    assert whole.right / whole.proposals >= 0.6
    assert len(whole.missed) == whole.acts - whole.fitting


def test_a_folder_that_is_none_is_told():
    with pytest.raises(SystemExit, match="a folder with real documents"):
        replay.main(["absent"])
