"""On Spanish pages everything that a curator wrote is in Spanish; what is English says so, and is the title of a source."""

import re
from html import unescape

import pytest
from tests.strings.test_stop_list import PAGES

from bilateral.ask.warehouse import connect
from bilateral.publish import snapshots
from bilateral.web.app import make_app

ENGLISH = re.compile(r"(?<![\w/=&?.-])(the|The|and|of|with|which|is|are|was|from|by|for|its|that|this)(?![\w/=.-])")
"""Words that no Spanish sentence has."""
QUOTED = re.compile(r'<(a|span)\b(?=[^>]*\blang="en")[^>]*>(.*?)</\1>', re.DOTALL)
"""What says that it is English."""
HIDDEN = (
    r"<(script|style|pre|code|textarea|option)\b.*?</\1>",
    r'<(a|span|article|p|td)\b[^>]*\blang="en"[^>]*>.*?</\1>',
)


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.fixture(scope="module")
def titles(published) -> tuple[str, ...]:
    """Titles of sources, which stay in their language, and the link to the English page."""
    with connect(snapshots.current(published)) as connection:
        rows = connection.execute(
            "select source_title from events where source_title is not null union select source_title from dates_ahead"
        ).fetchall()
    return ("English", *(title for (title,) in rows))


@pytest.fixture(scope="module")
def newspapers(published) -> list[str]:
    """Names of outlets that are not translated, the longest first."""
    with connect(snapshots.current(published)) as connection:
        rows = connection.execute(
            "select name from outlets where name not in (select english from translations) group by name order by length(name) desc"
        ).fetchall()
    return [name for (name,) in rows]


def spanish(page: str) -> str:
    """What a reader sees, without what says that it is English, and without code."""
    for hidden in HIDDEN:
        page = re.sub(hidden, " ", page, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ("/sql", "/methods", "/status")])
def test_no_english_sentence_stands_on_a_spanish_page(client, titles, newspapers, path):
    page = client.get(f"{path}{'&' if '?' in path else '?'}lang=es").text
    said = re.sub("|".join(map(re.escape, newspapers)), " ", spanish(page))
    assert [said[max(0, hit.start() - 60) : hit.end() + 40] for hit in ENGLISH.finditer(said)] == []
    quoted = [unescape(re.sub(r"<[^>]+>", "", text)) for _, text in QUOTED.findall(page)]
    assert [text for text in quoted if not text.startswith(titles)] == []


def test_measures_and_actors_are_named_in_spanish(client):
    page = client.get("/measures?lang=es&pair=MEX-USA").text
    assert '<span lang="es">Arancel' in page
    assert "presidente Donald Trump" in client.get("/event/usa-mex-20250326-02?lang=es").text
    assert "President Donald Trump" in client.get("/event/usa-mex-20250326-02").text
    items = client.get("/feeds/changes.json?lang=es").get_json()["items"]
    told = [item["title"] for item in items if "measure" in item["tags"]]
    assert told
    assert [title for title in told if ENGLISH.search(title)] == []


def test_the_files_of_measures_have_both_languages(client):
    rows = client.get("/measures.json?pair=MEX-USA&lang=es&chart=in-force").get_json()["rows"]
    assert all(row["measure_name"] and row["measure_name_es"] for row in rows)
    assert any(row["note"] and row["note_es"] for row in rows)
