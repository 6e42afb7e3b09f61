"""The trade-measure layer: instrument, state, rate, first day and document, in both languages, on sentences made for these tests."""

import csv
from datetime import date

import pytest

from bilateral.package_data import folder
from intake.coding.made_items import coded

CASES = {
    "tariff imposed": ("The United States imposed a 25% tariff on Mexican steel.", "en", "163", "tariff", "in_force", "25"),
    "tariff raised": ("China raised tariffs on Canadian canola to 50 percent.", "en", "163", "tariff", "raised", "50"),
    "tariff announced": (
        "President Donald Trump announced a 10% tariff on Canadian lumber.",
        "en",
        "1312",
        "tariff",
        "announced",
        "10",
    ),
    "tariff threatened": ("Donald Trump threatened Mexico with tariffs of 30%.", "en", "1312", "tariff", "threatened", "30"),
    "tariff paused": ("The United States paused tariffs on Mexican goods.", "en", "085", "tariff", "paused", ""),
    "exemption": ("The United States exempted Canadian cars from tariffs.", "en", "085", "tariff", "exempted", ""),
    "tariff lifted": ("Mexico lifted tariffs on Canadian pork.", "en", "085", "tariff", "lifted", ""),
    "tariff reduced": ("China reduced tariffs on Canadian peas.", "en", "085", "tariff", "reduced", ""),
    "sanction": (
        "The United States imposed sanctions on Venezuelan officials.",
        "en",
        "163",
        "sanction-designation",
        "in_force",
        "",
    ),
    "visas revoked": ("The United States revoked visas of Colombian officials.", "en", "172", "visa-restriction", "in_force", ""),
    "import ban": ("The United States suspended imports of Mexican cattle.", "en", "163", "import-ban", "in_force", ""),
    "aid cut": ("The United States suspended aid to Honduras.", "en", "162", "aid-suspension", "in_force", ""),
    "arancel impuesto": ("Estados Unidos impuso un arancel de 25% al acero mexicano.", "es", "163", "tariff", "in_force", "25"),
    "arancel anunciado": (
        "Donald Trump anunció un arancel de 10% a la madera canadiense.",
        "es",
        "1312",
        "tariff",
        "announced",
        "10",
    ),
    "arancel con que se amenaza": (
        "Donald Trump amenazó a México con aranceles de 30%.",
        "es",
        "1312",
        "tariff",
        "threatened",
        "30",
    ),
    "arancel suspendido": ("Estados Unidos suspendió los aranceles a México.", "es", "085", "tariff", "paused", ""),
    "exencion": ("Estados Unidos exentó a México de los aranceles.", "es", "085", "tariff", "exempted", ""),
    "visas canceladas": (
        "Estados Unidos canceló las visas de funcionarios colombianos.",
        "es",
        "172",
        "visa-restriction",
        "in_force",
        "",
    ),
    "sanciones": (
        "Estados Unidos impuso sanciones a funcionarios de Venezuela.",
        "es",
        "163",
        "sanction-designation",
        "in_force",
        "",
    ),
}


@pytest.mark.parametrize(("text", "language", "code", "instrument", "state", "rate"), CASES.values(), ids=CASES)
def test_a_measure_changes_its_state(text, language, code, instrument, state, rate):
    found = {(p.cameo_code, p.instrument, p.measure_state, p.rate) for p in coded(text, language) if p.instrument}
    assert (code, instrument, state, rate) in found


def test_first_day_and_document():
    text = "Under Executive Order 14193 the United States imposed a 25% tariff on Canada effective March 24, 2026."
    (proposal,) = (p for p in coded(text) if p.instrument)
    assert (proposal.document_number, proposal.effective_on) == ("Executive Order 14193", date(2026, 3, 24))


def test_what_the_source_says_of_the_document_fills_what_the_sentence_leaves_open():
    fields = {"document_number": "2026-01234", "effective_on": date(2026, 4, 1)}
    (proposal,) = (p for p in coded("The United States imposed tariffs on Canada.", **fields) if p.instrument)
    assert (proposal.document_number, proposal.effective_on) == ("2026-01234", date(2026, 4, 1))


def test_a_meeting_about_tariffs_changes_no_measure():
    assert {p.instrument for p in coded("Claudia Sheinbaum met with Donald Trump on tariffs.")} == {""}


@pytest.mark.parametrize("field", ["instrument", "state"])
def test_values_are_those_of_the_register(field):
    def column(name: str, key: str) -> set[str]:
        with (folder("seeds") / name).open(encoding="utf-8", newline="") as file:
            return {row[key] for row in csv.DictReader(file) if row.get("field", field) == field}

    assert column("measure_words.csv", "value") - column("measures.csv", field) == set()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The United States imposes a 25% tariff on Mexican steel if talks fail.", "en"),
        ("Estados Unidos impone un arancel de 25% al acero mexicano si fracasan las pláticas.", "es"),
        ("The United States did not impose a 25% tariff on Mexican steel.", "en"),
    ],
)
def test_what_did_not_happen_changes_the_state_of_no_measure(text, language):
    found = {(p.instrument, p.measure_state, p.rate) for p in coded(text, language) if p.cameo_code == "163"}
    assert found == {("tariff", "", "25")}
