"""The gate on rows judged by hand, on real files, and in what is counted and shown.

Real files lie in ../shared/data, outside the project; where they are absent only their twins, made here, are read.
"""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from bilateral.load import bulk
from bilateral.sources.gdelt import V2
from bilateral.web.app import make_app
from machine_coded import empty_desk
from material import ROOT, write_lines
from sources.test_real_files import SHARED, real_files

AUDIT = ROOT / "seeds" / "gate_audit.csv"
JUDGED = """
    select gate_audit.half, gate_audit.judged, gated.reason, gated.passes
    from gate_audit inner join gate_of_audit() as gated on gate_audit.event_id = gated.report_id
"""


def audit_rows() -> list[dict[str, str]]:
    with AUDIT.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_audit_says_who_judged_what_and_why():
    rows = audit_rows()
    assert len(rows) >= 155
    assert len({row["event_id"] for row in rows}) == len(rows)
    assert {row["judged"] for row in rows} == {"right", "plausible", "wrong"}
    own = [row for row in rows if row["judge"] == "second"]
    assert len(own) >= 100
    assert all(row["reason"] and row["judged_on"] for row in own)
    halves = {(row["url"], row["half"]) for row in rows}
    assert len(halves) == len({row["url"] for row in rows})  # what is tuned on an address is not tried on it


@pytest.mark.parametrize("half", ["tuned", "held"])
def test_half_of_what_passes_is_right_and_seven_of_ten_that_are_right_pass(snapshot, half):
    rows = [row[1:] for row in snapshot.execute(JUDGED).fetchall() if row[0] == half]
    passed = Counter(judged for judged, _, passes in rows if passes)
    right, of_all = passed["right"], sum(judged == "right" for judged, *_ in rows)
    likely = right + passed["plausible"]
    print(f"{half}: {len(rows)} judged, {passed.total()} pass; precision {right / passed.total():.2f}, "
          f"right or plausible {likely / passed.total():.2f}, recall {right / of_all:.2f} of {of_all}")  # fmt: skip
    for (reason, judged), n in sorted(Counter((reason, judged) for judged, reason, _ in rows).items()):
        print(f"  {reason}, {judged}: {n}")
    assert right / passed.total() >= 0.5
    assert likely / passed.total() >= 0.65
    assert right / of_all >= 0.7


def test_the_docs_give_the_figures_of_the_audit(snapshot):
    rows = snapshot.execute(JUDGED).fetchall()
    passed = Counter(judged for _, judged, _, passes in rows if passes)
    n_right = sum(judged == "right" for _, judged, *_ in rows)
    said = " ".join((ROOT / "docs" / "sources.md").read_text(encoding="utf-8").split())
    told = f"{len(rows)} rows judged by hand, {n_right} of them right: {passed.total()} pass, {passed['right']} of these are right, {passed['plausible']} plausible and {passed['wrong']} wrong"
    assert told in said


# ------------------------------------------------------------------ files


NAMES = {
    "event_id": "global_event_id", "source_role": "actor1_type1", "target_role": "actor2_type1", "source_name": "actor1_name",
    "target_name": "actor2_name", "code": "event_code", "base_code": "event_base_code", "root_code": "event_root_code",
    "source_kind": "quad_class", "score_given": "goldstein", "is_root": "is_root_event", "n_sources": "num_sources",
    "n_articles": "num_articles", "url": "source_url",
}  # fmt: skip
PLACES = {"source_place": "actor1_geo", "target_place": "actor2_geo", "action_place": "action_geo"}


def line(row: dict[str, str], cameo: dict[str, str]) -> str:
    """A judged row as an export of GDELT 2.0 has it."""
    cells = dict.fromkeys(V2, "") | {there: row[here] for here, there in NAMES.items()}
    cells |= {"actor1_country": cameo[row["source_country"]], "actor2_country": cameo[row["target_country"]]}
    cells |= {"sql_date": row["event_day"].replace("-", ""), "date_added": row["added_at"].replace("-", "") + "000000"}
    for column, place in PLACES.items():
        parts = ("type", "country", "adm1", "full_name")
        cells |= {f"{place}_{part}": value for part, value in zip(parts, row[column].split("|"), strict=False)}
    return "\t".join(cells[name] for name in V2)


def twin(folder: Path) -> list[Path]:
    with (ROOT / "seeds" / "countries.csv").open(encoding="utf-8") as file:
        cameo = {row["iso3"]: row["cameo"].split(" ")[0] for row in csv.DictReader(file)}
    path = folder / "20190121220000.export.CSV"
    write_lines(path, [line(row, cameo) for row in audit_rows()])
    return [path]


@pytest.mark.parametrize("origin", ["real", "twin"])
def test_of_every_file_it_is_known_what_passed_and_why_the_rest_did_not(tmp_path, capsys, origin):
    if origin == "real" and not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent; its twin is read")
    files = [*real_files("gdelt-v2-export"), *real_files("gdelt-v1")] if origin == "real" else twin(tmp_path)
    with empty_desk() as desk:
        bulk.load(desk.connection, desk.runner, "20250101T000000.000000Z", "gdelt", [path for path in files if path.exists()])
        desk.runner.build(["staging.gate", "staging.dyads"])
        told = desk.rows(
            "select file_name, reason, count(*) from staging.gate inner join raw.reports using (report_id) group by all order by all"
        )
        n_reports = desk.rows("select count(*) from raw.reports")[0][0]
        strong = desk.rows("""
            select url from staging.gate inner join raw.reports using (report_id)
            where passes and regexp_matches(url, 'eclipse|comic|funeral|obituar|yankees|wonkette|alamo')
        """)
    with capsys.disabled():
        print("\n" + "\n".join(f"  {file}, {reason}: {n}" for file, reason, n in told))
    assert sum(n for *_, n in told) == n_reports > 50
    passed = sum(n for _, reason, n in told if reason == "passed")
    assert 0 < passed < n_reports / 4  # 8 to 18 of 100 are right
    assert strong == []


# ------------------------------------------------------------------ counted and shown


DAY = "20250328"
GOOD = "https://daily.example/2025/03/28/us-and-mexico-hold-talks-on-trade"
SKY = "https://daily.example/2025/03/28/photos-lunar-eclipse"


def gdelt_line(number: int, url: str, name: str = "UNITED STATES", code: str = "046", n: int = 1, sources: int = 1) -> str:
    cells = dict.fromkeys(V2, "") | {
        "global_event_id": str(number), "sql_date": DAY, "actor1_country": "USA", "actor2_country": "MEX", "actor1_name": name,
        "actor2_name": "MEXICO", "event_code": code, "event_base_code": code, "event_root_code": code[:2], "is_root_event": "1",
        "quad_class": "1" if code == "046" else "4", "num_mentions": str(n), "num_sources": str(sources), "num_articles": str(n),
        "date_added": f"{DAY}120000", "source_url": url,
    }  # fmt: skip
    return "\t".join(cells[name] for name in V2)


@pytest.fixture
def gated(house, tmp_path):
    """A house with three rows of GDELT: one passes, the same act of an actor that is no state, and an eclipse as a fight."""
    (house.tree / "assets").symlink_to(ROOT / "assets")
    path = tmp_path / f"{DAY}120000.export.CSV"
    lines = [gdelt_line(1, GOOD, n=40, sources=3), gdelt_line(2, GOOD, "CHICAGO", n=90), gdelt_line(3, SKY, code="190", n=400)]
    write_lines(path, lines)
    assert house.refresh(coded=("gdelt", [path])).exit_code == 0
    return house


def test_what_is_refused_is_kept_under_its_own_id_and_counts_nowhere(gated):
    events = gated.rows(
        "select gate, is_excluded, n_reports, n_articles, weight from events where dataset = 'gdelt' order by gate"
    )
    assert events == [("astronomy", True, 1, 400, 1.0), ("no state", True, 1, 90, 1.0), ("passed", False, 1, 40, 1.0)]
    assert gated.rows(
        "select sum(n_events), sum(friction) from dyad_day where dataset = 'gdelt' and dyad = 'MEX-USA' and domain = 'all'"
    ) == [(1, 0.0)]
    assert gated.rows("select reason, n_reports, passes from gate where dataset = 'gdelt' order by 1") == [
        ("astronomy", 1, False), ("no state", 1, False), ("passed", 1, True),
    ]  # fmt: skip
    assert gated.rows("select event_id from events where gate = 'passed'") == [("gdelt-20250328-USA-MEX-046-trade",)]
    assert gated.rows("select count(*) from events where dataset = 'gdelt' and event_id like '%-refused'") == [(2,)]


def test_with_the_gate_off_all_counts_and_refused_rows_join_others(gated):
    call = "select max(n_events) from series_chosen('gdelt', 'MEX-USA', 'all', 7, null, null, null, for_gate := '{}')"
    assert gated.rows(call.format("off")) == [(2,)]  # Chicago's talks are those of the same page
    assert gated.rows(call.format("on")) == [(1,)]


def test_weights_by_articles_take_one_an_outlet_at_most(gated):
    call = "select max(n) from dyad_day_chosen('gdelt', 'MEX-USA', null, null, '{}', 'both') where domain = 'all'"
    assert gated.rows(call.format("articles")) == [(3.0,)]
    assert gated.rows(call.format("equal")) == [(1.0,)]


def test_mentions_of_an_unsure_coder_take_an_event_back_as_a_full_build_does(gated, tmp_path):
    cells = ["1", f"{DAY}120000", f"{DAY}121500", "1", "daily.example", GOOD, "9", "1", "2", "3", "0", "10", "900", "-1", "", ""]
    path = tmp_path / f"{DAY}121500.mentions.CSV"
    write_lines(path, ["\t".join(cells)])
    asked = (
        "from events where dataset = 'gdelt' order by all",
        "from gate order by all",
        "from indicator_day where dataset = 'gdelt' order by all",
    )
    assert gated.refresh(coded=("gdelt-mentions", [path])).exit_code == 0
    assert [row[0] for row in gated.rows("select reason from gate where dataset = 'gdelt' order by 1")] == [
        "astronomy",
        "no state",
        "unsure",
    ]
    grown = [gated.rows(statement) for statement in asked]
    assert gated.refresh(full=True).exit_code == 0
    assert [gated.rows(statement) for statement in asked] == grown


def text_of(client, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(address).get_data(as_text=True)).split())


def test_the_rate_stands_beside_every_machine_coded_value_and_no_curated_one(gated):
    client = make_app(gated.data).server.test_client()
    said = "Coded by machine: 1 of 3 rows passed the filter; audited precision"
    for address in (
        "/pair/MEX-USA?dataset=gdelt", "/events?dataset=gdelt&pair=MEX-USA", "/briefing/MEX-USA?dataset=gdelt",
        "/briefing/MEX-USA.md?dataset=gdelt", "/pair/MEX-USA.json?dataset=gdelt&chart=balance",
    ):  # fmt: skip
        assert said in text_of(client, address), address
    assert "Coded by machine" not in text_of(client, "/pair/MEX-USA")
    assert "1 de 3 filas pasaron el filtro" in text_of(client, "/pair/MEX-USA?dataset=gdelt&lang=es")
    meta = client.get("/api/v1/series?dyad=MEX-USA&dataset=gdelt").get_json()["meta"]["coded_by_machine"]
    assert (meta["n_rows"], meta["n_passed"]) == (3, 1)
    assert meta["rate_low"] < meta["rate"] < meta["rate_high"]
    assert "coded_by_machine" not in client.get("/api/v1/series?dyad=MEX-USA").get_json()["meta"]


def test_lists_leave_out_what_is_refused_until_it_is_asked_for(gated):
    client = make_app(gated.data).server.test_client()
    listed = text_of(client, "/events?dataset=gdelt&pair=MEX-USA")
    assert "not counted" not in listed
    assert "Show also events that failed the filter" in listed
    assert "not counted: about astronomy" in text_of(client, "/events?dataset=gdelt&pair=MEX-USA&gate=off")
    events = "/api/v1/events?dyad=MEX-USA&dataset=gdelt"
    assert [len(client.get(events + more).get_json()["data"]) for more in ("", "&gate=off")] == [1, 3]
    (refused,) = gated.rows("select event_id from events where gate = 'astronomy'")
    assert "about astronomy" in text_of(client, f"/event/{refused[0]}")
