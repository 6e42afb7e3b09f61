"""Outlets: the list is sound, subdomains and names of sources belong to it, and what a country code cannot tell stays open."""

import csv
import re
from collections import Counter

import pytest

from material import ROOT

KINDS = {"wire", "agency", "paper", "broadcaster", "magazine", "online", "government", "organisation"}
KINDS |= {"press-release", "aggregator", "forum", "reference", "satire"}


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


OUTLETS = seed("outlets.csv")


def test_the_list_is_long_distinct_and_names_known_countries_languages_and_kinds():
    assert len(OUTLETS) >= 250
    assert [outlet for outlet, n in Counter(row["outlet"] for row in OUTLETS).items() if n > 1] == []
    known = {row["iso3"] for row in seed("countries.csv")} | {""}
    assert [row["outlet"] for row in OUTLETS if row["country"] not in known] == []
    assert [row["outlet"] for row in OUTLETS if not re.fullmatch("[a-z]{2}", row["language"])] == []
    assert [row["outlet"] for row in OUTLETS if row["kind"] not in KINDS] == []
    assert [
        row["outlet"] for row in OUTLETS if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", row["outlet"]) or not row["name"]
    ] == []


def test_only_world_bodies_have_no_country():
    assert {row["kind"] for row in OUTLETS if not row["country"]} == {"organisation", "government"}


def test_every_country_of_a_configured_pair_has_press_in_its_own_language():
    spoken = {"USA": "en", "CAN": "en", "CHN": "zh"}
    countries = {country for row in seed("dyads.csv") for country in row["dyad"].split("-")}
    press = {"paper", "broadcaster", "online", "wire", "agency", "magazine"}
    for country in countries:
        own = [row for row in OUTLETS if row["country"] == country and row["kind"] in press]
        assert len([row for row in own if row["language"] == spoken.get(country, "es")]) >= 8, country


def test_a_name_that_a_source_gives_belongs_to_one_outlet():
    names = Counter(name for row in OUTLETS for name in row["names_other"].split("|") if name)
    assert [name for name, n in names.items() if n > 1] == []


@pytest.mark.parametrize(
    ("outlet", "expected"),
    [
        ("reforma.com", "reforma.com MEX es paper list"),
        (
            "timesofindia.indiatimes.com",
            "timesofindia.indiatimes.com IND en paper list",
        ),  # the longest domain, not indiatimes.com
        ("nnov.kp.ru", "kp.ru RUS ru paper list"),
        ("Xinhua News Agency", "xinhuanet.com CHN zh agency list"),  # how ICEWS names it
        ("history.state.gov", "state.gov USA en government list"),
        ("notreforma.com", "null null null null none"),
        ("diario-local.com.mx", "null MEX null null tld"),
        ("salud.gov.sv", "null SLV null government tld"),
        ("falmouthtimes.co.uk", "null GBR null null tld"),
        ("almrsd.co", "null null null null none"),  # sold to everybody
        ("diario-local.com.co", "null COL null null tld"),
        ("example.tv", "null null null null none"),
        ("mx", "null null null null none"),
    ],
)
def test_where_an_outlet_belongs(run_model, outlet, expected):
    columns = ("outlet", "listed_as", "country", "language", "kind", "outlet_source")
    lines = run_model("staging.outlets", columns, raw_reports=f"report_id  outlet\nr1  {outlet}\n")
    assert f"{outlet.lower()} {expected}" in lines


def test_the_table_of_outlets_is_public(snapshot):
    assert snapshot.execute("select name, outlet_source from outlets where outlet = 'jornada.com.mx'").fetchall() == [
        ("La Jornada", "list")
    ]
