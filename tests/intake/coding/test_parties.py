"""Who did it to whom, on sentences made for these tests."""

from dataclasses import replace

import pytest

from bilateral.intake.coding.rules import Rules
from intake.coding.made_items import coded, made_item, triples

EN = {
    "active": ("Canada criticized the United States.", ("CAN", "USA", "11")),
    "passive": ("Sanctions were imposed on Venezuela by the United States.", ("USA", "VEN", "16")),
    "passive with the object first": ("The Canadian diplomats were expelled by China.", ("CHN", "CAN", "16")),
    "office holder": ("Claudia Sheinbaum thanked Mark Carney.", ("MEX", "CAN", "05")),
    "role of a country": ("Officials of Norway visited Finland.", ("NOR", "FIN", "04")),
    "nationality and role": ("The Mexican foreign minister praised Colombia.", ("MEX", "COL", "05")),
    "capital for its state": ("Ottawa threatened Washington with tariffs.", ("CAN", "USA", "13")),
    "body for its state": ("The Treasury Department sanctioned officials of Cuba.", ("USA", "CUB", "16")),
    "who is quoted is no party": ("Canada criticized China, officials of Japan said on Monday.", ("CAN", "CHN", "11")),
    "pronoun within a sentence": ("Japan said it had halted economic aid to Serbia.", ("JPN", "SRB", "16")),
    "pronoun across sentences": ("Canada spoke up on Monday. It condemned Venezuela.", ("CAN", "VEN", "11")),
    "the two countries": ("Mexico and Canada spoke. The two countries signed an agreement.", ("CAN", "MEX", "05")),
    "a title told before": ("Mexican Economy Minister Ana Ruiz spoke. Ruiz criticized China.", ("MEX", "CHN", "11")),
    "these tariffs": ("The United States imposed tariffs on Mexico. Canada condemned these tariffs.", ("CAN", "USA", "11")),
    "frame within a frame": ("Mexico refused to lift tariffs on Canadian steel.", ("MEX", "CAN", "12")),
    "threat of a sanction": ("Mexico threatened to impose sanctions on Canada.", ("MEX", "CAN", "13")),
    "promise": ("Canada promised to release Mexican prisoners.", ("CAN", "MEX", "03")),
    "demand through a speaker": ("Canada said that China must release the detainees.", ("CAN", "CHN", "10")),
    "arrest in a country": ("Two Canadians were arrested in China.", ("CHN", "CAN", "17")),
    "list of targets": ("China sanctioned Japan and Canada.", ("CHN", "CAN", "16")),
    "dateline": ("OTTAWA, Canada (Made Agency) - Mexico condemned China.", ("MEX", "CHN", "11")),
}
ES = {
    "activa": ("Canadá criticó a Estados Unidos.", ("CAN", "USA", "11")),
    "pasiva": ("El arancel fue impuesto a México por Estados Unidos.", ("USA", "MEX", "16")),
    "pasiva en plural": ("Cien colombianos fueron deportados por Estados Unidos.", ("USA", "COL", "17")),
    "titular de un cargo": ("Claudia Sheinbaum agradeció a Mark Carney.", ("MEX", "CAN", "05")),
    "gentilicio y cargo": ("El canciller mexicano condenó a Ecuador.", ("MEX", "ECU", "11")),
    "abreviatura": ("EE. UU. deportó a ciudadanos colombianos.", ("USA", "COL", "17")),
    "capital": ("Bogotá rechazó la propuesta de Washington.", ("COL", "USA", "12")),
    "futuro": ("Estados Unidos impondrá aranceles a México.", ("USA", "MEX", "13")),
    "amenaza": ("Donald Trump amenazó con aranceles a México.", ("USA", "MEX", "13")),
    "peticion": ("México pidió a Estados Unidos información sobre el caso.", ("MEX", "USA", "02")),
    "entra en vigor": ("Entran en vigor los aranceles de Estados Unidos a los bienes mexicanos.", ("USA", "MEX", "16")),
}


@pytest.mark.parametrize(("text", "triple"), EN.values(), ids=EN)
def test_parties_and_root_of(text, triple):
    assert triple in triples(coded(text))


@pytest.mark.parametrize(("text", "triple"), ES.values(), ids=ES)
def test_parties_and_root_in_spanish_of(text, triple):
    assert triple in triples(coded(text, "es"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Mexico and Canada signed an agreement.", "en"),
        ("Claudia Sheinbaum met with Mark Carney.", "en"),
        ("México y Canadá firmaron un acuerdo.", "es"),
        ("Claudia Sheinbaum se reunió con Mark Carney.", "es"),
    ],
)
def test_a_meeting_or_agreement_goes_both_ways(text, language):
    assert {("MEX", "CAN"), ("CAN", "MEX")} <= {pair[:2] for pair in triples(coded(text, language))}


def test_each_signs_with_each():
    pairs = {pair[:2] for pair in triples(coded("Mexico, Canada and Japan signed a treaty."))}
    assert {("MEX", "CAN"), ("MEX", "JPN"), ("CAN", "JPN")} <= pairs


def test_a_role_without_a_country_never_makes_an_act_between_states():
    assert triples(coded("The government arrested Mexican rebels.")) == {("MEX", "MEX", "17")}


def test_a_former_president_is_no_government():
    (proposal,) = (p for p in coded("Barack Obama criticized China.") if p.cameo_code.startswith("11"))
    assert (proposal.source_country, proposal.source_role) == ("USA", "ELI")


def test_georgia_is_a_state_beside_its_neighbours():
    assert ("RUS", "GEO", "11") in triples(coded("Russia condemned Georgia over Abkhazia."))


@pytest.mark.parametrize(
    ("text", "language", "authority", "triple"),
    [
        ("A tariff of 25% is imposed on Canadian lumber.", "en", "USA/Commerce", ("USA", "CAN", "16")),
        ("Se impone un arancel de 25% a las importaciones de China.", "es", "MEX/SE", ("MEX", "CHN", "16")),
        ("A tariff of 25% is imposed on Canadian lumber.", "en", "press", ("", "CAN", "16")),
        ("A tariff of 25% is imposed on Canadian lumber.", "en", "CAN", ("", "CAN", "16")),
    ],
)
def test_a_decree_is_of_the_state_that_publishes_it(text, language, authority, triple):
    item = replace(made_item(text, language), authority=authority)
    assert triples(Rules().proposals(item)) == {triple}


def test_evidence_is_verbatim_and_the_same_twice():
    text = "  Mexico thanked Canada.  Later, on Monday, Canada condemned China!\n\nEnd."
    proposed = coded(text)
    assert [text[p.start : p.end] for p in proposed] == [p.evidence for p in proposed]
    assert {p.evidence for p in proposed} == {"Mexico thanked Canada.", "Later, on Monday, Canada condemned China!"}
    assert repr(coded(text)) == repr(proposed)
