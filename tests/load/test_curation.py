"""Acts and changes of measures are added, checked and refused as their curator would."""

import csv
import shutil

import pytest

from bilateral import package_data
from bilateral.exits import Stop
from bilateral.load import curation
from bilateral.sources import curated
from material import act, write_csv, write_lines

ACT = {
    "event_date": "2026-09-01", "source_actor": "USA", "source_role": "GOV", "target_actor": "MEX", "target_role": "GOV",
    "cameo_code": "1312", "domain": "trade", "summary": "A made-up threat.", "source_url": "https://example.org/a", "verified": "search",
}  # fmt: skip
CHANGE = {
    "measure_id": "usa-mex-car-tariff-2025", "state": "raised", "state_date": "2026-09-01", "is_in_force": "yes",
    "rate_percent": "30", "note": "made up", "verified": "memory",
}  # fmt: skip
NEW = {
    "measure_id": "usa-mex-made-up", "measure_name": "Made up", "domain": "trade", "instrument": "tariff", "imposing_country": "USA",
    "target_country": "MEX", "scope": "bilateral", "state": "threatened", "state_date": "2026-09-01", "is_in_force": "no",
    "verified": "memory",
}  # fmt: skip


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def wrong(data, **files) -> list[str]:
    return [f"{finding.place} {finding.name}: {finding.text}" for finding in curation.examine(data, **files) if finding.is_wrong]


@pytest.fixture(scope="module")
def few_seeds(small_tree, tmp_path_factory):
    """The seeds of a small house, with the measure of CHANGE, the one that changed last, whose day is the register's clock, and the acts
    that these name: a check of these takes a third of one of all."""
    seeds = tmp_path_factory.mktemp("few") / "seeds"
    shutil.copytree(small_tree / "seeds", seeds)
    shipped = package_data.folder("seeds")
    header, *lines = (shipped / "measures.csv").read_text(encoding="utf-8").splitlines()
    newest = max(rows_of(shipped / "measures.csv"), key=lambda row: row["state_date"])["measure_id"]
    chosen = [line for line in lines if line.partition(",")[0] in (CHANGE["measure_id"], newest)]
    write_lines(seeds / "measures.csv", [header, *chosen])
    named = {row["event_id"] for row in rows_of(seeds / "measures.csv")}
    for path in (shipped / "chronology").glob("*.csv"):
        few = seeds / "chronology" / path.name
        kept = few.read_text(encoding="utf-8").splitlines() if few.exists() else []
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        more = [line for line in lines if line not in kept and line.partition(",")[0] in named]
        if more:
            write_lines(few, [header, *sorted([*kept[1:], *more])])
    return seeds


@pytest.fixture
def short_history(few_seeds, monkeypatch):
    """Curate beside these seeds."""
    whole = package_data.folder
    monkeypatch.setattr(package_data, "folder", lambda name: few_seeds if name == "seeds" else whole(name))


@pytest.fixture
def register(tmp_path):
    """An empty register file of the user's own."""
    header = (package_data.folder("seeds") / "measures.csv").read_text(encoding="utf-8").splitlines()[0]
    return write_lines(tmp_path / "mine.csv", [header])


def test_nothing_of_the_shipped_history_is_to_be_mended(tmp_path):
    found = curation.examine(tmp_path)
    assert [finding for finding in found if finding.is_wrong] == []
    known = ("no measure names this act", "has neither an event nor a source")
    assert [finding for finding in found if not any(said in finding.text for said in known)] == []


def test_an_act_comes_into_its_place_with_id_type_and_score(house):
    path = house.chronology / "usa-mex.csv"
    before = rows_of(path)
    middle = before[20]["event_date"]
    assert curation.add_act(path, house.data, ACT) == "usa-mex-20260901-01"
    assert curation.add_act(path, house.data, ACT) == "usa-mex-20260901-02"
    name = curation.add_act(path, house.data, ACT | {"event_date": middle, "cameo_code": "042"})
    after = rows_of(path)
    assert [row["event_id"] for row in after] == sorted(row["event_id"] for row in after)
    assert len(after) == len(before) + 3
    added = {row["event_id"]: row for row in after}
    assert (added[name]["plover_type"], added[name]["goldstein"]) == ("CONSULT", "1.9")
    assert added["usa-mex-20260901-02"]["goldstein"] == "-5.8"
    assert [row for row in after if row["event_id"] not in {name, "usa-mex-20260901-01", "usa-mex-20260901-02"}] == before
    assert house.refresh().added == 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cameo_code": "42"}, "cameo_code '42' is not a CAMEO code"),
        ({"event_date": "2026-02-30"}, "event_date '2026-02-30' is not a calendar day"),
        ({"domain": "weather"}, "domain 'weather' is none of"),
        ({"target_actor": "COL"}, "lies in usa-mex.csv; its file is usa-col.csv"),
        ({"summary": "x" * 161}, "summary is empty or longer than 160 characters"),
        ({"source_url": ""}, "verified is search, but neither"),
        ({"verified": "perhaps"}, "verified is perhaps; write search or memory"),
        ({"source_url": "http://example.org/a"}, "source_url is insecure: .* write https://example.org/a"),
    ],
)
def test_an_act_with_a_fault_is_refused_and_the_file_stays(house, change, message):
    path = house.chronology / "usa-mex.csv"
    before = path.read_bytes()
    with pytest.raises(Stop, match=message) as stopped:
        curation.add_act(path, house.data, ACT | change)
    assert stopped.value.code == 65
    assert path.read_bytes() == before


def test_a_file_of_ones_own_may_hold_several_pairs(house, tmp_path):
    path = write_lines(tmp_path / "mine.csv", [",".join(curated.COLUMNS)])
    assert curation.add_act(path, house.data, ACT) == "usa-mex-20260901-01"
    assert curation.add_act(path, house.data, ACT | {"target_actor": "GTM"}) == "gtm-usa-20260901-01"
    assert [row["event_id"] for row in rows_of(path)] == ["gtm-usa-20260901-01", "usa-mex-20260901-01"]


def test_acts_of_a_review_and_of_a_release_do_not_take_each_others_numbers():
    known = ["usa-mex-20260901-04", "usa-mex-20260901-r07"]
    assert curation.completed_act(ACT, known)["event_id"] == "usa-mex-20260901-05"
    assert curation.completed_act(ACT, known, "r")["event_id"] == "usa-mex-20260901-r08"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"event_id": "mine-1"}, "event_id is not pair, day and number"),
        ({"event_id": "usa-can-20250328-01"}, "names the pair usa-can"),
        ({"event_id": "usa-mex-20190101-77"}, "names the day 20190101"),
        ({"goldstein": "5"}, "goldstein is 5.0; code 042 has 1.9"),
        ({"plover_type": "AID"}, "plover_type is AID; code 042 has CONSULT"),
    ],
)
def test_a_row_that_loads_but_is_not_coded_as_the_others_is_found(house, tmp_path, change, message):
    good = act(
        "usa-mex-20250328-90", plover_type="CONSULT", goldstein="1.9", source_url="https://example.org/a", verified="search"
    )
    assert wrong(house.data, acts=[write_csv(tmp_path / "good.csv", [good])]) == []
    (found,) = wrong(house.data, acts=[write_csv(tmp_path / "bad.csv", [good | change])])
    assert "bad.csv, line 2" in found
    assert message in found


def test_a_number_of_a_review_is_for_the_inbox_alone(house, tmp_path):
    row = act(
        "usa-mex-20250328-r77", plover_type="CONSULT", goldstein="1.9", source_url="https://example.org/a", verified="search"
    )
    assert wrong(house.data, acts=[write_csv(tmp_path / "mine.csv", [row])]) == []
    shipped = house.chronology / "usa-mex.csv"
    shipped.write_text(
        shipped.read_text(encoding="utf-8").replace("usa-mex-20250328-01", "usa-mex-20250328-r01"), encoding="utf-8"
    )
    assert any(
        "event_id has a number of a review; acts of usa-mex.csv are numbered without r" in one for one in wrong(house.data)
    )


def test_a_change_follows_the_earlier_ones_of_its_measure_and_takes_its_name(short_history, register, tmp_path):
    curation.add_change(register, tmp_path, CHANGE)
    curation.add_change(register, tmp_path, NEW)
    curation.add_change(
        register, tmp_path, CHANGE | {"state": "lifted", "state_date": "2026-10-01", "is_in_force": "no", "rate_percent": ""}
    )
    found = [(row["measure_id"], row["state"], row["measure_name"]) for row in rows_of(register)]
    assert found == [
        ("usa-mex-car-tariff-2025", "raised", "Tariff on imported cars"),
        ("usa-mex-car-tariff-2025", "lifted", "Tariff on imported cars"),
        ("usa-mex-made-up", "threatened", "Made up"),
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (CHANGE | {"measure_id": "usa-mex-unknown"}, "is a new measure; give its measure_name"),
        (CHANGE | {"is_in_force": "no"}, "every measure is in force as its states say"),
        (CHANGE | {"state": "begun"}, "state begun is none of those"),
        (CHANGE | {"state_date": "1 September"}, "state_date 1 September is not a calendar day"),
        (CHANGE | {"state_date": "2020-01-01"}, "every measure is in force as its states say"),
        (CHANGE | {"until": "2026-08-01", "until_kind": "rise"}, "every date set for a measure lies ahead"),
        (
            CHANGE | {"state_date": "2026-01-05", "until": "2026-02-01", "until_kind": "end"},
            "is in force past its end of 2026-02-01",
        ),
        (CHANGE | {"last_confirmed": "2026-08-01"}, "last_confirmed 2026-08-01 is not a day from 2026-09-01 on"),
        (CHANGE | {"until": "soon", "until_kind": "end"}, "until soon is not a calendar day"),
        (CHANGE | {"event_id": "usa-mex-20250328-01"}, "every measure has the day and the pair of its event"),
        (CHANGE | {"event_id": "usa-mex-20260901-77"}, "every event a measure names is known"),
        (CHANGE | {"rate_percent": "much"}, "rate_percent much is not a number"),
        (CHANGE | {"note": "x" * 141}, "note is longer than 140"),
        (NEW | {"measure_id": "mex-usa-made-up"}, "does not begin with its two countries"),
        (NEW | {"instrument": "frown"}, "instrument frown is none"),
        (NEW | {"domain": "weather"}, "domain weather is none"),
        (NEW | {"scope": "wide"}, "scope is wide"),
        (NEW | {"target_country": "XXX", "measure_id": "usa-xxx-a"}, "must be two countries"),
    ],
)
def test_a_change_with_a_fault_is_refused_and_the_file_stays(short_history, register, tmp_path, given, message):
    before = register.read_bytes()
    with pytest.raises(Stop, match=message) as stopped:
        curation.add_change(register, tmp_path, given)
    assert stopped.value.code == 65
    assert register.read_bytes() == before


def test_rows_of_a_measure_that_stand_apart_or_differ_are_found(short_history, register, tmp_path):
    curation.add_change(register, tmp_path, NEW)
    curation.add_change(register, tmp_path, CHANGE)
    rows = rows_of(register)
    again = {**rows[0], "state_date": "2026-09-02"}
    for last, message in ((again, "stands apart"), ({**again, "scope": "all-partners"}, "differ from the first row")):
        with register.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows([*rows, last])
        assert [message in text for text in wrong(tmp_path, measures=[register])] == [True]


def test_the_commands_add_check_and_load_and_refuse_what_would_stop_every_refresh(command, house, small_tree, register):
    ended = command("load", "measures", "--template", tree=small_tree)
    assert ended.out == register.read_text(encoding="utf-8")
    new = ("--state", "announced", "--day", "2026-09-01", "--in-force", "no", "--until", "2026-10-01", "--until-kind", "start",
           "--name", "Made up", "--domain", "trade", "--instrument", "tariff", "--imposing", "USA", "--target", "MEX", "--scope", "bilateral",
           "--verified", "memory")  # fmt: skip
    ended = command("curate", "measure", register, "usa-mex-made-up", *new, data=house.data, tree=small_tree)
    assert (ended.code, ended.out) == (0, f"usa-mex-made-up, announced 2026-09-01, added to {register}\n"), ended.err
    assert command("load", "measures", register, data=house.data, tree=small_tree).code == 0
    assert house.rows("select measure_id, until::varchar from measures") == [("usa-mex-made-up", "2026-10-01")]
    broken = register.with_name("broken.csv")
    broken.write_text(register.read_text(encoding="utf-8").replace(",no,", ",yes,").replace("made-up", "other"), encoding="utf-8")
    ended = command("load", "measures", broken, data=house.data, tree=small_tree)
    assert ended.code == 65
    assert "usa-mex-other" in ended.err
    ended = command("curate", "check", "--measures", broken, data=house.data, tree=small_tree)
    assert ended.code == 65
    assert ended.out.splitlines()[-1].startswith("1 to correct, ")
    assert command("curate", "check", data=house.data, tree=small_tree).code == 0
    assert house.refresh().exit_code == 0


def test_a_register_is_loaded_beside_faulty_acts_and_only_its_own_faults_refuse_it(command, house, small_tree, register):
    curation.add_change(register, house.data, NEW)
    write_csv(house.data / "inbox/chronology/mine.csv", [act("bad", day="2025-02-30"), act("worse", code="42")])
    assert command("load", "measures", register, data=house.data, tree=small_tree).code == 0
    assert house.rows("select distinct measure_id from measures") == [(NEW["measure_id"],)]
    broken = register.with_name("broken.csv")
    broken.write_text(register.read_text(encoding="utf-8").replace("made-up", "other").replace(",no,", ",yes,"), encoding="utf-8")
    ended = command("load", "measures", broken, data=house.data, tree=small_tree)
    assert (ended.code, "1 to correct" in ended.err, "usa-mex-other" in ended.err) == (65, True, True), ended.err


REPEATED = "measure_id,state,state_date,is_in_force,state\nmine,announced,2026-09-01,no,ended\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<!doctype html>\n<title>no table</title>\n", "it has no column is_in_force"),
        (REPEATED, "it has more than one column state"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_a_sentence_and_stops_no_other(
    command, house, small_tree, register, content, said
):
    odd = register.with_name("odd.csv")
    odd.write_text(content, encoding="utf-8")
    for arguments in (("load", "measures", odd), ("curate", "check", "--measures", odd)):
        ended = command(*arguments, data=house.data, tree=small_tree)
        assert (ended.code, said in ended.out + ended.err, "Traceback" in ended.err) == (65, True, False), ended.err
    curation.add_change(register, house.data, NEW)
    (house.data / "inbox/measures").mkdir(parents=True, exist_ok=True)
    (house.data / "inbox/measures/odd.csv").write_text(content, encoding="utf-8")
    ended = command("load", "measures", register, data=house.data, tree=small_tree)
    assert ended.code == 0, ended.err
    assert house.rows("select distinct measure_id from measures") == [(NEW["measure_id"],)]
