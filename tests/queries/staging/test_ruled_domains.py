"""The subject of an act whose source gives none: the first rule of seeds/domain_rules.csv that holds, and its name."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from conftest import empty_house
from material import ROOT

SHARED = ROOT.parent / "shared" / "data" / "gdelt-v2-export"


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULES = seed("domain_rules.csv")


def test_rules_stand_in_order_and_name_known_domains_and_codes():
    assert [int(row["position"]) for row in RULES] == list(range(1, len(RULES) + 1))
    assert len({row["rule"] for row in RULES}) == len(RULES)
    assert {row["domain"] for row in RULES} <= {row["domain"] for row in seed("domains.csv")}
    known = [row["code"] for row in seed("event_codes.csv")] + [row["code"] for row in seed("score_tables.csv")]
    beginnings = [beginning for row in RULES for beginning in row["codes"].split()]
    assert [beginning for beginning in beginnings if not any(code.startswith(beginning) for code in known)] == []
    assert [row["rule"] for row in RULES if not (row["codes"] or row["roles"] or row["words"] or row["contexts"])] == []


def test_a_word_belongs_to_one_rule_and_has_no_accent():
    words = [word for row in RULES for word in row["words"].split()]
    assert len(words) == len(set(words))
    assert [word for word in words if not word.replace("-", "").isascii() or word != word.lower()] == []


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("https://x.com/2025/mexico-seizes-fentanyl-at-border  043  null  null", "drugs drug words"),
        ("https://x.com/nacional/incautan-Fentanilo-en-la-frontera  190  null  null", "drugs drug words"),
        ("https://x.com/migraci%C3%B3n-y-deportaciones-masivas  112  GOV  null", "migration migration words"),
        ("https://x.com/trump-aranceles-acero-aluminio  1312  GOV  null", "trade trade words"),
        ("https://x.com/el-tratado-de-aguas-de-1944-rio-bravo  120  GOV  GOV", "water water words"),
        (
            "https://x.com/gusano-barrenador-cierra-la-frontera-al-ganado  163  null  null",
            "health-agriculture health and farming words",
        ),
        ("https://x.com/pemex-deal  057  null  null", "energy energy words"),
        ("https://x.com/sewage-in-tijuana  112  null  null", "environment environment words"),
        ("https://x.com/id12345  163  null  null", "trade economic codes"),
        ("https://x.com/id12345  174  null  null", "migration asylum and deportation codes"),
        ("https://x.com/id12345  190  null  null", "security military codes"),
        ("https://x.com/id12345  115  null  null", "legal judicial codes"),
        ("https://x.com/id12345  042  null  null", "diplomacy diplomatic codes"),
        ("https://x.com/id12345  112  null  CRM", "security force roles"),
        ("https://x.com/id12345  111  GOV  null", "diplomacy statements of governments"),
        ("https://tariffs.com/id12345  111  null  null", "none"),  # the host is no word of the address
        ("https://x.com/breakwater-restaurant  111  null  null", "none"),  # only whole words
        ("null  111  null  null", "none"),
    ],
)
def test_which_rule_decides(run_model, report, expected):
    given = f"report_id  url  code  source_role  target_role\nr1  {report}\n"
    lines = run_model("staging.ruled_domains", ("domain", "domain_rule"), raw_reports=given)
    assert (lines or ["none"]) == [expected]


def test_contexts_of_polecat_decide_before_words(run_model):
    given = "report_id  code  domain_given  title\nr1  COERCE-restrict  economic; migration  tariffs on steel\n"
    assert run_model("staging.ruled_domains", ("domain", "domain_rule"), raw_reports=given) == ["migration migration contexts"]


def test_a_subject_that_the_source_gives_is_left_alone(run_model):
    given = "report_id  code  domain_given  url\nr1  163  security  https://x.com/tariffs\n"
    assert run_model("staging.ruled_domains", ("domain",), raw_reports=given) == []


# ------------------------------------------------------------------ measured on real rows


def real_rows() -> list[tuple[str, ...]]:
    """(id, source, target, roles, code, address) of whole batches with two different countries, by plain Python."""
    rows = []
    for name in ("20170219080000.export.CSV.zip", "20190121220000.export.CSV.zip"):
        archive = zipfile.ZipFile(SHARED / name)
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
        rows += [tuple(line.split("\t")[place] for place in (0, 7, 17, 12, 22, 26, 60)) for line in lines]
    archive = zipfile.ZipFile(SHARED / "events2samps.csv.zip")
    names = (
        "GLOBALEVENTID",
        "Actor1CountryCode",
        "Actor2CountryCode",
        "Actor1Type1Code",
        "Actor2Type1Code",
        "EventCode",
        "SOURCEURL",
    )
    text = io.StringIO(archive.read(archive.namelist()[0]).decode())
    rows += [tuple(row[name] for name in names) for row in csv.DictReader(text)]
    return [row for row in rows if row[1] and row[2] and row[1] != row[2]]


def ruled(queries, rows: list[tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    columns = ("report_id", "source_country", "target_country", "source_role", "target_role", "code", "url")
    with empty_house() as connection:
        for name in ("raw.reports", "raw.domain_rules", "raw.domains", "staging.domain_names"):
            connection.execute(f"create table {name} as {queries[name].sql}")
        lists = ", ".join(f"unnest(?::varchar[]) as {column}" for column in columns)
        connection.execute(
            f"insert into raw.reports by name select {lists}", [list(column) for column in zip(*rows, strict=True)]
        )
        found = connection.execute(queries["staging.ruled_domains"].sql).fetchall()
    return {report_id: (domain, rule) for report_id, *_, domain, rule in found}


def test_most_real_rows_get_a_subject_and_words_are_right_where_a_person_looked(queries):
    """Figures stand in docs/sources.md; the subjects by hand are those of the article, read from its address."""
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent: the rules are tested above on addresses of our own")
    rows = real_rows()
    found = ruled(queries, rows)
    assert len(found) / len(rows) > 0.75
    by_hand = {
        row["global_event_id"]: row["domain"] for row in csv.DictReader((Path(__file__).parent / "subjects_by_hand.csv").open())
    }
    assert by_hand.keys() <= {row[0] for row in rows}
    by_words = [event for event in by_hand if found.get(event, ("", ""))[1].endswith("words")]
    right = [event for event in by_words if found[event][0] == by_hand[event]]
    print(f"{len(found) / len(rows):.1%} of {len(rows)} rows have a subject; words: {len(right)} of {len(by_words)} right")
    assert len(by_words) > 50
    assert len(right) / len(by_words) > 0.9
