"""On Spanish pages and in the Spanish feed an act is told in Spanish where the curator wrote it so; what is English there says that it is."""

import re
from html import escape

import pytest

from bilateral.pages import told_events
from bilateral.pages.markup import to_html
from bilateral.strings import texts
from bilateral.web.app import make_app


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.fixture
def sentences(snapshot) -> dict[str, tuple[str, str | None]]:
    """English and Spanish sentence by event."""
    rows = snapshot.execute("select event_id, summary, summary_es from events where dataset = 'chronology'").fetchall()
    assert sum(spanish is not None for _, _, spanish in rows) >= 48
    return {event: (english, spanish) for event, english, spanish in rows}


def quoted(told: str) -> str:
    return escape(told)


def test_the_first_sentence_of_a_page_quotes_in_the_language_of_the_page(client, sentences):
    english, spanish = sentences["usa-can-20260818-01"]
    lead = client.get("/pair/CAN-USA?lang=es").text.split('class="lead">')[1].split("</p>")[0]
    assert f'<span lang="es">{quoted(spanish)}</span>' in lead
    assert quoted(english) not in lead
    assert f'<span lang="en">{quoted(english)}</span>' in client.get("/pair/CAN-USA").text


def test_an_act_without_a_spanish_sentence_is_quoted_in_english_and_says_so():
    act = {"summary": "Noem travels to Mexico City.", "summary_es": None, "label": "visit"}
    said = "".join(map(to_html, told_events.quoting("sentence.latest", act, texts("es"), day="28 mar 2025")))
    assert said == 'Lo más reciente, 28 mar 2025: «<span lang="en">Noem travels to Mexico City.</span>»'


def test_marks_neighbours_and_newest_events_are_told_in_spanish_where_there_is_one(client, sentences):
    pages = {
        "/?lang=es": r'<span lang="(..)">([^<]*)</span></span></td></tr>',
        "/pair/CAN-USA?lang=es&from=2026-07-20": r'<li value="\d+">.*?<a [^>]*\blang="(..)"[^>]*>([^<]*)</a>',
        "/event/usa-can-20260724-01?lang=es": r'<a (?=[^>]*rel="(?:prev|next)")[^>]*\blang="(..)"[^>]*>([^<]*)</a>',
    }
    by_english = {quoted(english): spanish for english, spanish in sentences.values()}
    spanish_ones = {quoted(spanish) for _, spanish in sentences.values() if spanish}
    for path, link in pages.items():
        found = re.findall(link, client.get(path).text)
        assert any(lang == "es" for lang, _ in found), path
        for lang, told in found:
            assert (told in spanish_ones) if lang == "es" else (by_english.get(told) is None), (path, told)


def test_the_spanish_feed_tells_acts_in_spanish_where_there_is_a_sentence(client, sentences):
    items = {
        item["id"].removeprefix("urn:bilateral:act-"): item
        for item in client.get("/feeds/changes.json?lang=es").get_json()["items"]
    }
    english, spanish = sentences["usa-can-20260724-01"]
    assert spanish in items["usa-can-20260724-01"]["title"]
    assert english not in items["usa-can-20260724-01"]["title"]
