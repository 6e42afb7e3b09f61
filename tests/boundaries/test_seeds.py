"""The shipped tables: whole, distinct, described, and agreeing with each other."""

import csv
import re

import pytest

from material import ROOT

SEEDS = ROOT / "seeds"
KINDS = {
    **dict.fromkeys(("01", "02", "03", "04", "05"), ("verbal cooperation", "1")),
    **dict.fromkeys(("06", "07", "08", "09"), ("material cooperation", "1")),
    **dict.fromkeys(("10", "11", "12", "13", "14"), ("verbal friction", "-1")),
    **dict.fromkeys(("15", "16", "17", "18", "19", "20"), ("material friction", "-1")),
}
"""GDELT's quad class of each root."""


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = seed("event_codes.csv")
SCORES = seed("score_tables.csv")
CHRONOLOGY = [row for path in sorted((SEEDS / "chronology").glob("*.csv")) for row in seed(f"chronology/{path.name}")]


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.glob("*.csv")))
def test_the_readme_describes_every_column_of_a_seed_file(name):
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert name in readme
    header = next(csv.reader((SEEDS / name).open(encoding="utf-8")))
    assert [column for column in header if not re.search(rf"\b{column}\b", readme)] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("event_codes.csv", ("code",)),
        ("score_tables.csv", ("score_table", "code")),
        ("countries.csv", ("iso3",)),
        ("domains.csv", ("domain",)),
        ("datasets.csv", ("dataset",)),
        ("dyads.csv", ("dyad",)),
        ("method.csv", ("name",)),
    ],
)
def test_a_key_stands_once(name, key):
    keys = [tuple(row[column] for column in key) for row in seed(name)]
    assert len(keys) == len(set(keys)) > 1


def test_the_chronology_is_whole_and_its_ids_are_its_own():
    ids = [row["event_id"] for row in CHRONOLOGY]
    assert (len(ids), len(set(ids))) == (1262, 1262)
    assert [name for name in ids if not re.fullmatch(r"[a-z]{3}-[a-z]{3}-\d{8}-\d{2}", name)] == []


def test_the_published_chronology_has_every_row_of_the_files(snapshot):
    counted = snapshot.execute("select count(*), count(distinct event_id) from events where dataset = 'chronology'").fetchone()
    assert counted == (1262, 1262)
    assert snapshot.execute("select count(*) from rejects").fetchone() == (0,)


def test_every_code_has_two_labels_that_no_other_code_has():
    assert len(CODES) >= 310
    for language in ("label_en", "label_es"):
        labels = [row[language] for row in CODES]
        assert "" not in labels
        assert len(labels) == len(set(labels))
    assert [row["code"] for row in CODES if row["label_en"] == row["label_es"]] == []


def test_kind_and_sign_of_a_code_follow_from_its_root():
    wrong = [row["code"] for row in CODES if row["root"] != row["code"][:2] or (row["kind"], row["sign"]) != KINDS[row["root"]]]
    assert wrong == []
    assert {row["root"] for row in CODES} == KINDS.keys()


def test_what_is_mutual_says_why():
    mutual = [row for row in CODES if row["is_mutual"] == "true"]
    assert {"042", "043", "046", "057"} <= {row["code"] for row in mutual}
    assert [row["code"] for row in mutual if not row["mutual_reason"]] == []
    assert {row["is_mutual"] for row in CODES} == {"true", "false"}


@pytest.mark.parametrize("table", ["goldstein-gdelt", "goldstein-icews", "plover", "sign"])
def test_a_score_table_has_one_version_scores_within_ten_and_a_score_for_every_code(table):
    rows = [row for row in SCORES if row["score_table"] == table]
    listed = {row["code"] for row in rows}
    assert len({row["version"] for row in rows}) == 1
    assert [row["code"] for row in rows if not -10 <= float(row["score"]) <= 10] == []
    unscored = [row["code"] for row in CODES if not {row["code"][:length] for length in (2, 3, 4)} & listed]
    assert unscored == []


@pytest.mark.parametrize(
    ("table", "code", "score"),
    [
        ("goldstein-gdelt", "016", -2.0),
        ("goldstein-icews", "016", -5.0),
        ("goldstein-gdelt", "163", -8.0),
        ("goldstein-icews", "163", -8.0),
        ("plover", "163", -6.0),
        ("goldstein-gdelt", "042", 1.9),
        ("goldstein-gdelt", "1312", -5.8),
        ("sign", "1312", -1.0),
        ("sign", "042", 1.0),
    ],
)
def test_scores_that_the_method_names_are_as_it_says(table, code, score):
    (row,) = (row for row in SCORES if (row["score_table"], row["code"]) == (table, code))
    assert float(row["score"]) == score


def test_plover_types_are_those_of_plover():
    plover = {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
        "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }  # fmt: skip
    used = {row["plover_type"] for row in [*CODES, *CHRONOLOGY]} - {""}
    assert used <= plover
    assert len(used) >= 14


def test_the_score_written_in_the_chronology_is_the_one_of_the_table(snapshot):
    differing = snapshot.execute("""
        select events.event_id, reports.score_given, score_tables.listed_score
        from events
        inner join reports on events.event_id = reports.event_id
        inner join score_tables on events.code = score_tables.code and events.score_table = score_tables.score_table
        where events.dataset = 'chronology' and reports.score_given <> score_tables.listed_score
    """).fetchall()
    assert differing == []


def test_every_pair_and_every_act_names_known_countries():
    known = {row["iso3"] for row in seed("countries.csv")}
    pairs = {tuple(row["dyad"].split("-")) for row in seed("dyads.csv")}
    assert {country for pair in pairs for country in pair} <= known
    assert [pair for pair in pairs if list(pair) != sorted(pair)] == []
    assert {tuple(sorted((row["source_actor"], row["target_actor"]))) for row in CHRONOLOGY} <= pairs


def test_domains_have_two_labels_and_every_spelling_of_the_chronology():
    domains = seed("domains.csv")
    spellings = {name for row in domains for name in row["source_names"].split()}
    assert {row["domain"] for row in CHRONOLOGY} <= spellings
    assert [row["domain"] for row in domains if not row["label_en"] or not row["label_es"]] == []


def test_every_constant_of_the_method_has_its_reason():
    assert [row["name"] for row in seed("method.csv") if not row["reason"]] == []


def test_every_change_of_a_measure_that_an_event_carries_was_checked_as_the_event_was():
    checked = {row["event_id"]: row["verified"] for row in CHRONOLOGY}
    measures = seed("measures.csv")
    assert (len(measures), len({row["measure_id"] for row in measures})) == (626, 207)
    assert [row for row in measures if row["event_id"] and checked[row["event_id"]] != row["verified"]] == []
    assert {row["verified"] for row in measures} == {"search", "memory"}


def test_a_measure_keeps_its_name_subject_and_countries_through_its_states():
    constant = ("measure_name", "domain", "instrument", "imposing_country", "target_country", "scope")
    kept: dict[str, set[tuple[str, ...]]] = {}
    for row in seed("measures.csv"):
        kept.setdefault(row["measure_id"], set()).add(tuple(row[column] for column in constant))
    assert [name for name, values in kept.items() if len(values) > 1] == []
