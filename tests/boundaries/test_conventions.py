"""The conventions of seeds/README.md hold in the shipped history, and rows as they once stood are found by the rule of their kind."""

import csv
from collections import Counter
from datetime import date

import pytest

from bilateral.load import curation
from material import ROOT, act, write_csv, write_lines

SHARED = ROOT.parent / "shared" / "chronology" / "patch"


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ACTS = {row["event_id"]: row for path in sorted((ROOT / "seeds").glob("*/*-*.csv")) for row in table(path)}
MEASURES = seed("measures.csv")
DECIDED = table(ROOT / "tests" / "decided_codes.csv")


def test_every_decided_code_stands_in_the_history():
    assert Counter(row["confidence"] for row in DECIDED) == {"sure": 29, "likely": 23, "judgement": 12, "exception": 8}
    differing = [row["event_id"] for row in DECIDED if ACTS[row["event_id"]]["cameo_code"] != row["code"]]
    assert differing == []
    assert [row for row in DECIDED if row["confidence"] in ("sure", "likely") and row["code"] == row["code_before"]] == []
    assert [row for row in DECIDED if row["confidence"] == "exception" and row["code"] != row["code_before"]] == []


def test_the_list_of_corrections_itself_is_applied_row_by_row():
    """The twin of the test above, on the list from which tests/decided_codes.csv was written."""
    if not SHARED.is_dir():
        pytest.skip("../shared/chronology/patch is not here; tests/decided_codes.csv holds the same decisions")
    firm = [row for row in table(SHARED / "recode.csv") if row["confidence"] in ("sure", "likely")]
    assert [row["event_id"] for row in firm if ACTS[row["event_id"]]["cameo_code"] != row["new_code"]] == []
    for name in ("new-acts.csv", "new-acts-other-pairs.csv"):
        for row in table(SHARED / name):
            found = ACTS[row["event_id"]]
            assert {key: found[key] for key in ("event_date", "cameo_code", "summary", "summary_es", "verified")} == {
                key: row[key] for key in ("event_date", "cameo_code", "summary", "summary_es", "verified")
            }
    held = {(row["measure_id"], row["state"], row["state_date"], row["is_in_force"]) for row in MEASURES}
    patch = table(SHARED / "measures-patch.csv")
    keys = [(row["measure_id"], row["state"], row["state_date"], row["is_in_force"]) for row in patch]
    assert [key for key, row in zip(keys, patch, strict=True) if (key in held) == (row["action"] == "drop")] == []
    last = {row["measure_id"]: row for row in MEASURES}
    later = {"usa-chn-military-firms-ban", "col-usa-flight-refusal-2025", "usa-mex-wood-tariff-2025"}
    """Measures that got a later row of their own: a promise was taken back to the day of the deed, or a step was missing."""
    for row in table(SHARED / "measures-status.csv"):
        found = last[row["measure_id"]]
        newest = max(found["state_date"], found["last_confirmed"])
        assert newest == row["last_confirmed"] or (row["measure_id"] in later and newest > row["last_confirmed"]), row[
            "measure_id"
        ]
        assert found["is_in_force"] == row["in_force_proposed"], row["measure_id"]


def test_an_act_that_was_a_promise_has_its_deed_on_the_day_it_was_done():
    deeds = {
        "usa-mex-20190624-01": "0832", "usa-mex-20211208-01": "060", "usa-mex-20250204-01": "0832", "usa-chn-20180713-01": "085",
        "usa-chn-20260115-01": "085", "usa-chn-20250102-01": "163", "usa-can-20170428-01": "163", "usa-can-20170630-01": "163",
        "usa-can-20171002-01": "163", "usa-can-20171013-01": "163", "usa-can-20180103-01": "163", "usa-can-20211202-01": "163",
        "usa-can-20240819-01": "163", "usa-chn-20171108-02": "172", "usa-mex-20201219-02": "172", "usa-hnd-20250908-01": "172",
        "usa-ven-20190314-01": "161",
    }  # fmt: skip
    assert {name: ACTS[name]["cameo_code"] for name in deeds if name in ACTS} == deeds


def test_what_the_curator_knows_without_a_page_says_so_and_new_acts_speak_two_languages():
    known = [row for row in ACTS.values() if row["verified"] == "memory"]
    assert {"usa-mex-20250120-04", "usa-mex-20250916-01", "usa-mex-20251203-01"} <= {row["event_id"] for row in known}
    spanish = [row for row in ACTS.values() if row.get("summary_es")]
    assert len(spanish) >= 48
    assert [row["event_id"] for row in spanish if row["summary_es"] == row["summary"]] == []


# ------------------------------------------------------------------ rows as they once stood


ONCE = {
    "promise": ("0832", "Mexico agrees to deploy its National Guard and widen 'Remain in Mexico'."),
    "promise, tabled": ("0832", "Ottawa tables the Strong Borders Act, which answers several US border complaints."),
    "promise of relief": ("085", "Ambassador Salazar says US inspectors will gradually return to Michoacán so that exports can restart."),
    "announcement": ("163", "Trump provides for 25% tariffs on countries that buy Venezuelan oil."),
    "announcement, later start": ("172", "DHS announces that asylum seekers will be returned to Mexico to wait for their US hearings."),
    "request": ("1013", "US asks Mexico to arrest ten people for extradition, among them Sinaloa's governor."),
    "request of talks": ("1014", "Mexico says it only heard of the arrests from the US Embassy and asks for more information."),
    "spoken correction": ("080", "Mexico says there is no sign that the plane came from El Salvador."),
}  # fmt: skip
"""Code and sentence of rows before they were corrected."""
EXPECTED = {"promise": "promise", "announcement": "announcement", "request": "request", "spoken": "something said"}


def acts_file(tmp_path, *rows: dict[str, str]):
    codes = {row["code"]: row for row in seed("event_codes.csv")}
    scores = {row["code"]: row["score"] for row in seed("score_tables.csv") if row["score_table"] == "goldstein-gdelt"}
    full = [
        row
        | {
            "plover_type": codes[row["cameo_code"]]["plover_type"],
            "goldstein": scores[row["cameo_code"]],
            "summary": f'"{row["summary"]}"',
            "source_title": "made",
            "verified": "search",
        }
        for row in rows
    ]
    return write_csv(tmp_path / "once.csv", full)


def findings(tmp_path, acts=(), measures=(), name: str = "") -> list[curation.Finding]:
    return [finding for finding in curation.examine(tmp_path, acts=acts, measures=measures) if name in finding.name]


@pytest.fixture(scope="module")
def once(tmp_path_factory) -> dict[str, list[curation.Finding]]:
    """What is found in a file of all these rows, by kind of row."""
    folder = tmp_path_factory.mktemp("once")
    ids = {kind: f"usa-mex-20180101-{number}" for number, kind in enumerate(ONCE, start=90)}
    rows = [act(ids[kind], "2018-01-01", code, summary=summary) for kind, (code, summary) in ONCE.items()]
    found = findings(folder, [acts_file(folder, *rows)])
    return {kind: [finding for finding in found if finding.name == name] for kind, name in ids.items()}


@pytest.mark.parametrize("kind", list(ONCE))
def test_a_sentence_that_reads_like_words_is_to_be_looked_at(once, kind):
    found = [finding for finding in once[kind] if "reads like" in finding.text]
    assert len(found) == 1
    assert not found[0].is_wrong  # a word can mislead
    assert EXPECTED[kind.split(",")[0].split(" ")[0]] in found[0].text


def test_the_corrected_code_of_the_same_sentences_is_left_alone(tmp_path):
    codes = ("0342", "0342", "0354", "1312", "132", "0213", "0214", "052")
    rows = [
        act(f"usa-mex-20180101-{number}", "2018-01-01", code, summary=summary)
        for number, (code, (_, summary)) in enumerate(zip(codes, ONCE.values(), strict=True), start=90)
    ]
    path = acts_file(tmp_path, *rows)
    found = [finding.text for finding in findings(tmp_path, [path], name="usa-mex-20180101-9")]
    assert [text for text in found if "reads like" in text] == []


def test_an_act_towards_two_governments_needs_a_row_in_both_pairs(tmp_path):
    more = {"summary": "Made up.", "target_name": "Governments of Canada and Mexico"}
    row = act("usa-can-20250704-90", "2025-07-04", "131", target="CAN", **more)
    (found,) = findings(tmp_path, [acts_file(tmp_path, row)], name="usa-can-20250704-90")
    assert found.is_wrong
    assert "is towards MEX too" in found.text
    twin = row | {"event_id": "usa-mex-20250704-90", "target_actor": "MEX"}
    assert findings(tmp_path, [acts_file(tmp_path, row, twin)], name="20250704-90") == []


HEAD = ",".join(MEASURES[0])


def register(tmp_path, *states: str):
    """A register of one made-up tariff: state, day, in force, until, kind, event, note."""
    rows = []
    for line in states:
        state, day, force, until, kind, event, note = (part.strip() for part in line.split("|"))
        row = dict.fromkeys(MEASURES[0], "") | {
            "measure_id": "usa-mex-once", "measure_name": "Once", "domain": "trade", "instrument": "tariff", "imposing_country": "USA",
            "target_country": "MEX", "scope": "bilateral", "state": state, "state_date": day, "is_in_force": force, "until": until,
            "until_kind": kind, "event_id": event, "note": f'"{note}"', "verified": "search", "source_title": "made",
        }  # fmt: skip
        rows.append(",".join(row.values()))
    return write_lines(tmp_path / "once-measures.csv", [HEAD, *rows])


def test_a_deed_that_the_register_only_announces_is_refused(tmp_path):
    row = act("usa-mex-20180101-90", "2018-01-01", "163", summary="Tariffs on oil.")
    announced = "announced|2018-01-01|no|2018-02-01|start|usa-mex-20180101-90|"
    later = "in_force|2018-02-01|yes||||"
    (found,) = [
        finding
        for finding in findings(
            tmp_path, [acts_file(tmp_path, row)], [register(tmp_path, announced, later)], "usa-mex-20180101-9"
        )
        if finding.is_wrong
    ]
    assert "code 163 is a deed, but usa-mex-once is only announced by it" in found.text
    next_day = "in_force|2018-01-02|yes||||"
    assert [
        finding
        for finding in findings(
            tmp_path, [acts_file(tmp_path, row)], [register(tmp_path, announced, next_day)], "usa-mex-20180101-9"
        )
        if finding.is_wrong
    ] == []


@pytest.mark.parametrize(
    ("code", "states", "message"),
    [
        # as the avocado and the ZTE ban once stood: a promised end took a measure out of force
        ("0354", ("in_force|2017-12-01|yes||||", "reduced|2018-01-01|partly|||usa-mex-20180101-90|"), "no measure changes by a promise"),
        ("0354", ("in_force|2017-12-01|yes||||", "lifted|2018-01-01|no|||usa-mex-20180101-90|"), "no measure changes by a promise"),
        ("1312", ("in_force|2018-01-01|yes|||usa-mex-20180101-90|",), "no measure changes by a promise"),
        ("163", ("announced|2018-01-01|no||||", "in_force|2018-01-01|yes|||usa-mex-20180101-90|"), "every measure is announced before"),
    ],
)  # fmt: skip
def test_words_do_not_put_a_measure_into_force_or_out_of_it(tmp_path, code, states, message):
    row = act("usa-mex-20180101-90", "2018-01-01", code, summary="Made up.")
    found = findings(tmp_path, [acts_file(tmp_path, row)], [register(tmp_path, *states)], "usa-mex-once")
    assert [message in finding.text for finding in found if finding.is_wrong] == [True]


def test_nothing_is_in_force_past_its_end(tmp_path):
    """As the Mexican tariffs of 2023 to 2026 once stood."""
    (found,) = findings(
        tmp_path, measures=[register(tmp_path, "raised|2024-04-23|yes|2026-04-23|end||544 lines")], name="usa-mex-once"
    )
    assert found.is_wrong
    assert "is in force past its end of 2026-04-23" in found.text
    ended = register(tmp_path, "raised|2024-04-23|yes|2026-04-23|end||544 lines", "expired|2026-04-23|no||||")
    assert findings(tmp_path, measures=[ended], name="usa-mex-once") == []


def test_a_note_that_begins_later_and_a_change_without_a_source_are_to_be_looked_at(tmp_path):
    """As the steel tariffs of 2018 once stood."""
    path = register(tmp_path, "in_force|2018-05-31|yes||||exemption ends at midnight, from 1 June")
    (found,) = findings(tmp_path, measures=[path], name="usa-mex-once")
    assert not found.is_wrong
    assert "as if it began later" in found.text
    path.write_text(
        path.read_text(encoding="utf-8").replace("made", "").replace("at midnight, from 1 June", ""), encoding="utf-8"
    )
    (found,) = findings(tmp_path, measures=[path], name="usa-mex-once")
    assert "has neither an event nor a source" in found.text


# ------------------------------------------------------------------ the register as it is shown


def test_no_measure_is_told_to_be_in_force_past_its_end(snapshot):
    for day in ("2020-05-01", "2022-03-01", "2025-05-01", "2026-11-29"):
        told = snapshot.execute(
            f"select measure_id from measures_on(date '{day}') where standing in ('in force', 'partly in force', 'as last recorded')"
            f" and until_kind = 'end' and until <= date '{day}'"
        ).fetchall()
        assert told == [], day
    assert snapshot.execute("select count(*) from measures where announced_on >= effective_on").fetchone() == (0,)


def test_what_no_source_has_shown_for_18_months_is_as_last_recorded(snapshot):
    rows = dict(snapshot.execute("select measure_id, (standing, last_confirmed) from measures_on(date '2026-11-29')").fetchall())
    assert rows["usa-mex-customs-memorandum-2025"] == ("as last recorded", date(2025, 3, 28))
    assert rows["usa-mex-car-tariff-2025"] == ("in force", date(2026, 7, 23))
    assert rows["usa-mex-section-301-tariff-2026"] == ("partly in force", date(2026, 8, 3))
    assert rows["usa-mex-steel-tariff-2018"][0] == "not in force"


def test_announcement_and_effect_are_two_days(snapshot):
    rows = snapshot.execute(
        "select state_day, announced_on, effective_on from measures where measure_id = 'usa-mex-steel-tariff-2018' order by step"
    ).fetchall()
    assert rows[-2:] == [
        (date(2018, 6, 1), date(2018, 5, 31), date(2018, 6, 1)),
        (date(2019, 5, 20), date(2018, 5, 31), date(2018, 6, 1)),
    ]
