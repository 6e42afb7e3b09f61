"""The page of leads and lags: with outcomes, without any, and what it may not say."""

import re
import shutil
from dataclasses import replace
from html import unescape

import pandas as pd
import pytest

from bilateral.pages import lead_lag_words
from bilateral.pages.choice import Choice
from bilateral.strings import LANGS, texts
from bilateral.web.app import make_app
from outcomes_loaded import load

CAUSAL = {"en": r"caus|significan|becaus|due to|effect of friction", "es": r"caus|significativ|debido a|efecto de la fricción"}


@pytest.fixture(scope="module")
def client(published, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outcomes")
    data = shutil.copytree(published, folder / "data")
    return make_app(load(data, folder)).server.test_client()


@pytest.fixture(scope="module")
def without(published):
    return make_app(published).server.test_client()


def said(page: str) -> str:
    return unescape(re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL))


@pytest.mark.parametrize("lang", LANGS)
def test_without_outcomes_the_page_says_what_to_load_and_how_it_works(without, lang):
    page = without.get(f"/lead-lag?lang={lang}").text
    assert "<code>bilateral load outcomes country.xlsx</code>" in page
    assert texts(lang)("lead_lag.how_shifts") in said(page)
    assert f'href="/validation{"" if lang == "en" else "?lang=es"}"' in page


def test_the_peso_says_what_would_have_been_found(client):
    page = said(client.get("/lead-lag?pair=MEX-USA&series=peso-noon").text)
    lead = re.search(r"From Nov 2016 to Feb 2026, more friction did not help .*? found that (\d+) times in 100", page)
    assert lead
    assert int(lead[1]) >= 80
    assert "2 primary tests" in page
    assert "actions of friction in trade the rate moved no more" in page


def test_the_sign_of_other_settings_is_counted_from_their_tests(client):
    rows = client.get("/api/v1/lead_lag?dyad=MEX-USA&per_page=1000").get_json()["data"]
    leads = [
        row for row in rows if row["series_id"] == "peso-noon" and row["question"] == "leads" and row["effect_sd"] is not None
    ]
    (first,) = [row["effect_sd"] for row in leads if row["family"] == "primary"]
    others = [row["effect_sd"] for row in leads if row["family"] == "exploratory"]
    same = sum((effect > 0) == (first > 0) for effect in others)
    assert len(others) >= 2
    page = said(client.get("/lead-lag?pair=MEX-USA&series=peso-noon").text)
    assert f"In {same} of {len(others)} other settings" in page


def test_the_address_chooses_the_outcome_and_another_pairs_outcome_falls_back(client):
    chosen = client.get("/lead-lag?pair=MEX-USA&series=us-imports-mex").text
    assert re.search(r"Too few months to test the outcome .*?: \d+ of 60", said(chosen))
    other = said(client.get("/lead-lag?pair=CAN-USA&series=peso-noon").text)
    assert "Canadian dollars per US dollar" in other
    assert "Mexican pesos" not in other.split("All tests")[0]
    bad = said(client.get("/lead-lag?pair=CAN-USA&series=%3Cb%3E").text)
    assert "Canadian dollars per US dollar" in bad


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_of_it_speaks_of_causes_or_significance(client, lang):
    page = said(client.get(f"/lead-lag?pair=MEX-USA&lang={lang}").text)
    assert not re.search(CAUSAL[lang], page.split(texts(lang)("lead_lag.title"), 1)[1].split("window.")[0], re.IGNORECASE)
    entries = texts(lang).flat()
    assert [
        key for key, text in entries.items() if key.startswith("lead_lag.") and re.search(CAUSAL[lang], text, re.IGNORECASE)
    ] == []


def row(question: str = "leads", **more: object) -> dict:
    month = pd.Timestamp("2020-01-01")
    given = {"question": question, "family": "primary", "state": "ok", "verdict": "no link told", "n": 75, "n_tests": 6}
    given |= {
        "first_month": month,
        "last_month": month,
        "effect_sd": -0.2,
        "seen_at_r2_10": 0.65,
        "p_shift": 0.02,
        "p_surrogate": 0.012,
    }
    return given | more


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("verdict", ["leads", "no link told", "too weak to tell"])
@pytest.mark.parametrize("backward", ["follows", "no link told", "too weak to tell"])
def test_each_result_has_its_sentence(lang, verdict, backward):
    together = row("same_month", verdict="moves together", family="together", n_tests=3)
    text = texts(lang)
    told = lead_lag_words.lead(pd.DataFrame([row(verdict=verdict), row("follows", verdict=backward), together]), "X", text)
    assert "{" not in told
    assert told.endswith(text("lead_lag.said_together", tests=3))
    if verdict == "leads":
        assert text("lead_lag.less") in told
        assert "0.01" in told
        assert "0.6" in told


@pytest.mark.parametrize("state", lead_lag_words.REFUSED)
def test_a_refusal_is_said_with_its_reason(state):
    rows = pd.DataFrame([row(question, state=state, verdict=state) for question in ("leads", "follows", "same_month")])
    told = lead_lag_words.lead(rows, "X", texts("en"))
    assert {"too few": "75 of 60", "does not vary": "fewer than 12", "managed": "central bank"}[state] in told


def test_the_address_holds_the_outcome():
    choice = Choice("MEX-USA", page="lead-lag", series="peso-noon")
    assert choice.query() == "?pair=MEX-USA&series=peso-noon"
    assert replace(choice, series="").query() == "?pair=MEX-USA"


def test_the_api_gives_the_tests_of_the_page_and_the_values_under_them(client):
    schema = client.get("/api/v1/openapi.json").get_json()["paths"]
    for name in ("lead_lag", "outcomes"):
        rows = client.get(f"/api/v1/{name}?dyad=MEX-USA&per_page=1000").get_json()["data"]
        described = schema[f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert rows[0].keys() == described["properties"]["data"]["items"]["properties"].keys()
        assert {"peso-noon"} <= {row["series_id"] for row in rows}
        if name == "lead_lag":
            leads = [row for row in rows if row["series_id"] == "peso-noon" and row["family"] == "primary"]
            assert {row["question"] for row in leads} == {"leads", "follows"}
            assert {row["verdict"] for row in leads} == {"no link told"}
