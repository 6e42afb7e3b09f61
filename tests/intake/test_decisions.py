"""Decisions are rows, accepted acts come through the ordinary way, and nothing is half, whoever is killed or decides at the same time."""

import csv
import errno
import getpass
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bilateral.exits import Exit, Stop
from bilateral.intake import accepted, decisions, drafts, queue
from bilateral.intake.decisions import alike
from made_proposals import BOTH, SENTENCE, entry, item, proposal, put, put_made
from material import ROOT, clean_environment

ID = "usa-mex-20250330-r"


def rows(data, name=accepted.ACTS):
    path = data / "inbox" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_an_accepted_act_is_a_row_of_the_users_own_chronology(reviewer):
    put_made(reviewer.data, "1", target_name="Government of Mexico")
    assert reviewer.accept(1, BOTH, "seen on the page") == f"{ID}01"
    (row,) = rows(reviewer.data)
    told = {
        "cameo_code": "071",
        "plover_type": "AID",
        "goldstein": "7.4",
        "target_name": "Government of Mexico",
        "verified": "search",
    }
    page = {"source_url": "https://news.example.org/1", "source_title": "Made: item 1"}
    assert {name: row[name] for name in (told | page | BOTH)} == told | page | BOTH
    (decision,) = entry(reviewer.data, 1).decisions
    assert (decision.kind, decision.who, decision.why) == ("accept", "ana", "seen on the page")
    assert decision.before["summary"] == SENTENCE
    assert decision.before["summary_es"] == ""
    assert {name: decision.after[name] for name, value in row.items() if value} == {
        name: value for name, value in row.items() if value
    }
    assert row["added_at"] == f"{decision.at:%Y-%m-%dT%H:%M:%SZ}"


def test_what_others_were_merged_into_stays_until_that_is_undone(reviewer):
    put_made(reviewer.data, "1", "2", "3")
    reviewer.merge(2, "01")
    for refused in (lambda: reviewer.reject(1, "no act"), lambda: reviewer.merge(1, "3")):
        with pytest.raises(Stop, match="proposal 2 was merged into proposal 1; undo that first, or accept proposal 1"):
            refused()
    act = reviewer.accept(1, BOTH)
    reviewer.merge(3, act)
    reviewer.undo(1)
    with pytest.raises(Stop, match="proposals 2, 3 were merged into proposal 1"):
        reviewer.reject(1, "no act")
    reviewer.undo(2)
    reviewer.undo(3)
    reviewer.reject(1, "no act")


@pytest.mark.parametrize("into", ["²", "9" * 30, "٣", "-1", ""])
def test_what_is_no_number_of_a_proposal_is_told(reviewer, into):
    put_made(reviewer.data, "1")
    with pytest.raises(Stop, match="is neither the number of a proposal nor the event_id"):
        reviewer.merge(1, into)


def test_a_user_without_a_name_is_told_by_number(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: {}["no entry"])
    assert decisions.user() == f"uid {os.getuid()}"


def test_an_edit_changes_fields_and_leaves_what_the_coder_read(reviewer):
    put_made(reviewer.data, "1")
    reviewer.edit(1, {"cameo_code": "042", "domain": "security"})
    found = entry(reviewer.data, 1)
    assert (found.state, found.proposal.cameo_code) == ("open", "071")
    assert drafts.current(found) == drafts.of(found) | {"cameo_code": "042", "domain": "security"}
    reviewer.accept(1, BOTH)
    assert rows(reviewer.data)[0]["plover_type"] == "CONSULT"
    accepted = entry(reviewer.data, 1).decisions[-1]
    assert (accepted.before["cameo_code"], accepted.after["cameo_code"]) == ("071", "042")


def test_reject_and_merge_write_nothing_into_the_chronology(reviewer):
    put_made(reviewer.data, "1", "2", "3", "4")
    reviewer.reject(1, "no act")
    reviewer.merge(2, "4")
    reviewer.merge(3, "usa-mex-20250328-01")
    assert [entry(reviewer.data, number).state for number in (1, 2, 3)] == ["rejected", "merged", "merged"]
    assert entry(reviewer.data, 3).decisions[0].after == {"into": "usa-mex-20250328-01"}
    assert not (reviewer.data / "inbox").exists()


def test_undo_takes_back_the_last_decision_and_is_a_row_too(reviewer):
    put_made(reviewer.data, "1")
    reviewer.edit(1, {"domain": "security"})
    assert reviewer.accept(1, BOTH) == f"{ID}01"
    assert reviewer.undo(1).kind == "accept"
    assert rows(reviewer.data) == []
    found = entry(reviewer.data, 1)
    assert (found.state, drafts.current(found)["domain"]) == ("open", "security")
    assert reviewer.accept(1, BOTH) == f"{ID}02"  # an id is never given twice
    reviewer.undo(1)
    assert reviewer.undo(1).kind == "edit"
    assert drafts.current(entry(reviewer.data, 1))["domain"] == "trade"
    with pytest.raises(Stop, match="nothing was decided about proposal 1 that could be undone"):
        reviewer.undo(1)
    assert [one.kind for one in entry(reviewer.data, 1).decisions] == ["edit", "accept", "undo", "accept", "undo", "undo"]


def test_a_change_of_a_measure_is_a_row_of_the_users_register_with_its_act(reviewer):
    put_made(
        reviewer.data, "1", cameo_code="1312", instrument="tariff", measure_state="announced", rate="25", document_number="EO 1"
    )
    measure = {"measure_id": "usa-mex-made", "measure_name": "Made tariff", "scope": "bilateral", "is_in_force": "no"}
    with pytest.raises(Stop, match="usa-mex-made is a new measure; give its measure_name too"):
        reviewer.accept(1, BOTH | measure | {"measure_name": ""})
    reviewer.accept(1, BOTH | measure)
    (row,) = rows(reviewer.data, accepted.CHANGES)
    told = {"measure_id": "usa-mex-made", "imposing_country": "USA", "target_country": "MEX", "state": "announced"}
    told |= {"state_date": "2025-03-30", "rate_percent": "25", "legal_basis": "EO 1", "event_id": f"{ID}01", "domain": "trade"}
    assert {name: row[name] for name in told} == told
    reviewer.undo(1)
    assert rows(reviewer.data, accepted.CHANGES) == rows(reviewer.data) == []


WRONG = [
    ({"cameo_code": "999"}, "cameo_code '999' is not a CAMEO code"),
    ({"target_actor": ""}, "target_actor is empty"),
    ({"summary_es": ""}, "summary_es is empty; an act needs both sentences"),
    ({"summary": "x" * 161}, "summary is empty or longer than 160 characters"),
    ({"event_date": "2999-01-01"}, "is after tomorrow"),
    ({"event_date": "31 March"}, "is not a calendar day"),
    ({"domain": "weather"}, "domain 'weather' is none of"),
    ({"source_url": "http://news.example.org/1"}, "source_url is insecure"),
    ({"measure_id": "usa-mex-made"}, "usa-mex-made is a new measure"),
    ({"colour": "red"}, "'colour' is not a field of a proposal"),
    ({"target_name": "\x1b[2J"}, r"signs that cannot be printed \(U\+001B\)"),
    ({"summary": "Made\u202e."}, r"summary has signs that cannot be printed \(U\+202E\)"),
    ({"note": "x" * 1001}, "note has 1001 characters; write at most 1000"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_a_wrong_row_is_refused_with_a_sentence_and_nothing_is_written(reviewer, given, said):
    put_made(reviewer.data, "1")
    with pytest.raises(Stop, match=said) as stop:
        reviewer.accept(1, BOTH | given)
    assert stop.value.code == Exit.DATA
    assert entry(reviewer.data, 1).decisions == ()
    assert not (reviewer.data / "inbox").exists()


@pytest.mark.parametrize("deed", ["accept", "edit", "reject", "merge"])
def test_what_was_decided_is_undone_before_it_is_decided_anew(reviewer, deed):
    put_made(reviewer.data, "1", "2")
    reviewer.reject(1, "no act")
    given = {"accept": BOTH, "edit": {"domain": "other"}, "reject": "again", "merge": "2"}[deed]
    with pytest.raises(Stop, match="proposal 1 is rejected already; `bilateral review undo 1` takes that back"):
        getattr(reviewer, deed)(1, given)
    with pytest.raises(Stop, match="proposal 1 is rejected; name one that is open or accepted"):
        reviewer.merge(2, "1")


def test_no_decision_is_ever_changed_or_removed(reviewer):
    put_made(reviewer.data, "1")
    reviewer.reject(1, "no act")
    for statement in ("update decisions set why = ''", "delete from decisions"):
        with queue.reading(reviewer.data) as connection, pytest.raises(sqlite3.IntegrityError, match="decisions are only added"):
            connection.execute(statement)


def test_who_is_killed_between_decision_and_row_has_lost_nothing(reviewer, monkeypatch):
    put_made(reviewer.data, "1")
    with monkeypatch.context() as patch:
        patch.setattr(accepted, "write", lambda data: sys.exit("killed"))
        with pytest.raises(SystemExit):
            reviewer.accept(1, BOTH)
    assert list((reviewer.data / "inbox" / "chronology").iterdir()) == []
    accepted.write(reviewer.data)
    assert [row["event_id"] for row in rows(reviewer.data)] == [f"{ID}01"]


def test_a_file_that_cannot_be_written_is_told_before_anything_is_recorded(reviewer):
    put_made(reviewer.data, "1")
    path = reviewer.data / "inbox" / accepted.ACTS
    path.mkdir(parents=True)
    with pytest.raises(Stop, match=r"reviewed\.csv is a folder and no file; move it away"):
        reviewer.accept(1, BOTH)
    path.rmdir()
    path.parent.rmdir()
    path.parent.touch()
    with pytest.raises(Stop, match=r"reviewed\.csv cannot be written \(.*\); nothing was recorded") as stop:
        reviewer.accept(1, BOTH)
    assert stop.value.code == Exit.TRY_AGAIN
    assert entry(reviewer.data, 1).decisions == ()


def test_a_file_that_fails_after_the_decision_is_told_and_written_later(reviewer, monkeypatch):
    put_made(reviewer.data, "1")

    def fail(draft, path):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(Stop, match=r"Invalid cross-device link.*what was decided is kept"):
            reviewer.accept(1, BOTH)
    assert entry(reviewer.data, 1).state == "accepted"
    accepted.write(reviewer.data)
    assert len(rows(reviewer.data)) == 1


def test_the_new_file_is_written_on_the_disk_of_the_inbox(reviewer, tmp_path_factory, monkeypatch):
    put_made(reviewer.data, "1")
    (reviewer.data / "inbox").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    moved, replace_file = [], Path.replace
    monkeypatch.setattr(Path, "replace", lambda draft, path: moved.append((draft, path)) or replace_file(draft, path))
    reviewer.accept(1, BOTH)
    ((draft, path),) = moved
    assert draft.parent == path.parent


def test_rows_of_the_users_own_in_the_same_file_stay_as_they_are(reviewer):
    put_made(reviewer.data, "1", "2")
    reviewer.accept(1, BOTH)
    path = reviewer.data / "inbox" / accepted.ACTS
    mended = path.read_text(encoding="utf-8").replace(BOTH["summary"], "A sentence mended by hand.")
    path.write_text(mended, encoding="utf-8")
    reviewer.accept(2, BOTH)
    assert [row["summary"] for row in rows(reviewer.data)] == ["A sentence mended by hand.", BOTH["summary"]]
    path.write_text(mended + "no,row\n", encoding="utf-8")
    with pytest.raises(Stop, match="cannot be continued: row 3 has not the"):
        reviewer.undo(2)
    assert entry(reviewer.data, 2).state == "accepted"


def test_an_act_that_a_row_of_the_users_own_names_stays(reviewer):
    put_made(reviewer.data, "1", cameo_code="1312", instrument="tariff", measure_state="announced")
    reviewer.accept(1, BOTH | {"measure_id": "usa-mex-made", "measure_name": "Made", "is_in_force": "no"})
    path = reviewer.data / "inbox" / accepted.CHANGES
    path.rename(path.with_name("mine.csv"))
    with pytest.raises(Stop, match="every event a measure names is known"):
        reviewer.undo(1)
    assert entry(reviewer.data, 1).state == "accepted"


ACCEPT = """
import sys
from pathlib import Path
from bilateral.intake.decisions import Reviewer
print(Reviewer(Path(sys.argv[1]), "ana").accept(int(sys.argv[2]), {"summary": "Made.", "summary_es": "Inventado."}))
"""


def test_two_processes_that_decide_at_once_lose_nothing_and_give_no_id_twice(tmp_path):
    put_made(tmp_path, "1", "2", "3")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ACCEPT, str(tmp_path), number],
            env=clean_environment(ROOT),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in ("1", "2", "2")
    ]
    ended = [(*process.communicate(), process.returncode) for process in started]
    assert sorted(code for _, _, code in ended) == [0, 0, 1]
    assert "proposal 2 is accepted already" in "".join(err for _, err, _ in ended)
    assert sorted(row["event_id"] for row in rows(tmp_path)) == [f"{ID}01", f"{ID}02"]


def test_proposals_of_the_same_act_are_told_as_alike(reviewer):
    reads = [item(str(number)) for number in range(5)]
    same = proposal(reads[1], source_country="MEX", target_country="USA", cameo_code="073", event_date=same_day(1))
    other_day, other_code = proposal(reads[2], event_date=same_day(3)), proposal(reads[3], cameo_code="173")
    found = [proposal(reads[0]), same, other_day, other_code, replace(proposal(reads[4]), event_date=None)]
    put(reviewer.data, *zip(reads, found, strict=True))
    with queue.reading(reviewer.data) as connection:
        every = queue.entries(connection)
    assert [other.number for other in alike(every[0], every)] == [2]


def same_day(more: int):
    day = proposal(item("0")).event_date
    return day.replace(day=day.day - more)
