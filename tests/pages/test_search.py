"""The search: what it finds first, in which words and spellings, and what it says where it finds nothing."""

import csv
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from bilateral.ask import search
from bilateral.pages import asked_days
from bilateral.pages.search import _pages, marked
from bilateral.web.app import make_app

TODAY = date(2026, 11, 30)
SEARCHES = list(csv.DictReader((Path(__file__).parent / "searches.csv").open(encoding="utf-8")))


@pytest.fixture(scope="module")
def web(published):
    return make_app(published).server.test_client()


def results(web, q: str, lang: str = "en") -> str:
    answer = web.get("/search", query_string={"q": q, "lang": lang})
    assert answer.status_code == 200
    return answer.text.split('id="results"')[1].split("<footer")[0]


def links(html: str) -> list[tuple[str, str]]:
    """Address and words of each hit."""
    return [
        (unescape(href), unescape(re.sub("<[^>]*>", "", words)))
        for href, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html)
    ]


@pytest.mark.parametrize("row", SEARCHES, ids=lambda row: row["query"])
def test_each_search_has_the_expected_first_hit(warehouse, published, row):
    words, days = asked_days.apart(row["query"], TODAY)
    found = search.found(warehouse, words, days, "MEX-USA", _pages(), 5)
    assert found[["kind", "name"]].iloc[0].tolist() == [row["kind"], row["name"]], found[["kind", "name", "title_en"]].head(4)


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("arancel autos", "aranceles autos"),
        ("car tariff", "cars tariffs"),
        ("tariff", "tariffs"),
        ("border", "borders"),
        ("frontera", "fronteras"),
        ("reunión", "reuniones"),
        ("duty", "duties"),
        ("agency", "agencies"),
        ("senator", "senators"),
        ("minister", "ministers"),
        ("gobernador", "gobernadores"),
        ("juez", "jueces"),
    ],
)
def test_singular_and_plural_find_the_same_first(warehouse, published, one, several):
    first = [search.found(warehouse, words, None, "MEX-USA", _pages(), 5)[["kind", "name"]].iloc[:1] for words in (one, several)]
    assert len(first[0]) == 1
    assert first[0].equals(first[1]), first


def test_there_are_thirty_searches_in_both_languages_and_of_every_kind():
    assert len(SEARCHES) >= 30
    assert {row["lang"] for row in SEARCHES} == {"en", "es"}
    assert {row["kind"] for row in SEARCHES} == {"pair", "subject", "page", "measure", "event", "day"}


def test_hits_lead_to_their_pages_in_the_language_of_the_reader(web):
    found = links(results(web, "sheinbaum noem", "es"))
    assert found[0] == ("/event/newsnation-20250328-07?lang=es", "Noem viaja a la Ciudad de México para reunirse con Sheinbaum.")
    assert {web.get(href).status_code for href, _ in found[:4]} == {200}
    assert links(results(web, "water"))[0][0] == "/pair/MEX-USA?domain=water"
    assert links(results(web, "march 2025"))[0][0] == "/pair/MEX-USA?from=2025-03-01&to=2025-03-31"
    measure = next(href for href, _ in links(results(web, "tax on remittances")) if href.startswith("/measures"))
    assert web.get(measure).status_code == 200


def test_all_words_must_stand_and_further_events_are_a_link_away(web):
    html = results(web, "steel aluminium 2025-06-04")
    assert links(html)[-1] == (
        "/events?pair=all&from=2025-06-04&to=2025-06-04&q=steel+aluminium".replace("+", "%20"),
        "All matching events as a list",
    )
    sentences = [words for href, words in links(html) if href.startswith("/event/")]
    assert sentences
    assert all("teel" in words and "alumin" in words for words in sentences)


def test_words_that_were_looked_for_are_marked_whatever_their_accents():
    told = "".join(
        part if isinstance(part, str) else f"[{part.children}]"
        for part in marked("México duplica los aranceles.", [" mexico ", " arancel"])
    )
    assert told == "[México] duplica los [aranceles]."
    assert list(marked("<b>", [])) == ["<b>"]


def test_nothing_found_says_so_and_offers_what_would_be_found(web):
    html = results(web, "tarrif mexcio")
    assert "Nothing found for “tarrif mexcio”." in html
    assert links(html) == [("/search?pair=MEX-USA&q=tariff%20mexico", "tariff mexico")]
    assert [words for _, words in links(results(web, "Canada oil"))] == ["canada", "oil"]
    assert links(results(web, "zzzzqqqq"))[0] == ("/pair/MEX-USA", "United States – Mexico")


@pytest.mark.parametrize("q", ["", "de la", "'; drop table events; --", "<script>x</script>", "%_", "(((", "\\b", "á" * 100])
def test_odd_searches_give_a_page_and_nothing_unescaped(web, q):
    html = results(web, q)
    assert "<script>x" not in html


def test_a_search_of_events_takes_the_same_words(web):
    assert "newsnation-20250328-02" in web.get("/events?pair=all&dataset=articles&q=arancel autos").text
    assert "newsnation-20250328-03" not in web.get("/events?pair=all&dataset=articles&q=arancel autos").text


@pytest.mark.parametrize(
    ("typed", "words", "first", "last"),
    [
        ("28 march 2025", "", "2025-03-28", "2025-03-28"),
        ("2025-03-28", "", "2025-03-28", "2025-03-28"),
        ("28/03/2025", "", "2025-03-28", "2025-03-28"),
        ("28 de marzo del 2025", "", "2025-03-28", "2025-03-28"),
        ("March 28th, 2025", "", "2025-03-28", "2025-03-28"),
        ("28 mar", "", "2026-03-28", "2026-03-28"),
        ("25 dic", "", "2025-12-25", "2025-12-25"),
        ("mexico enero de 2026", "mexico", "2026-01-01", "2026-01-31"),
        ("2026-02", "", "2026-02-01", "2026-02-28"),
        ("noem 28 march 2025", "noem", "2025-03-28", "2025-03-28"),
    ],
)
def test_days_are_read_in_both_languages_and_taken_from_the_words(typed, words, first, last):
    assert asked_days.apart(typed, TODAY) == (words, (date.fromisoformat(first), date.fromisoformat(last)))


@pytest.mark.parametrize("typed", ["31 february 2025", "tariff 25", "2025", "marine 2025", "section 301", "99/99/2025"])
def test_what_is_no_day_stays_words(typed):
    assert asked_days.apart(typed, TODAY) == (typed, None)
