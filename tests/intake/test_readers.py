"""Readers on made samples in the exact form of each source, and on the real ones where they are here."""

import contextlib
import json
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bilateral.intake.collection import UNEXPECTED
from bilateral.intake.readers import dates
from bilateral.intake.readers.federal_register import Span
from bilateral.intake.readings import Drift, Page, Reading, Request, reader_of
from bilateral.intake.source_list import Source, listed
from material import ROOT

SAMPLES = ROOT / "tests" / "intake" / "samples"
SHARED = ROOT.parent / "shared" / "data" / "intake"
DAY = date(2026, 8, 19)
SHIPPED = listed()


def reading(source: str | Source, body: bytes | str, part: str = "list", **request) -> Reading:
    """What the reader of a source makes of a sample, by its name, or of bytes."""
    one = SHIPPED[source] if isinstance(source, str) else source
    content = (SAMPLES / body).read_bytes() if isinstance(body, str) else body
    url = request.pop("url", one.address)
    asked = Request(one.address, part=part, **request)
    return reader_of(one.kind).read(Page(one, asked, url, content, "", "made", datetime(2026, 8, 20, tzinfo=UTC)))


def real(name: str) -> bytes:
    if not SHARED.is_dir():
        pytest.skip("../shared/data/intake is not here; tests/intake/samples/ has made samples of the same form")
    return (SHARED / name).read_bytes()


# ------------------------------------------------------------------ Federal Register


DOCUMENT = {"document_number": "2026-90009", "title": "Made", "abstract": "Made.", "publication_date": "2026-08-19"}


def test_halves_of_letters_and_nul_are_no_part_of_a_text():
    documents = json.dumps({"count": 1, "results": [DOCUMENT | {"abstract": "Made \ud83d\x00 text"}]}).encode()
    (item,) = reading("federal-register", documents, about=Span(DAY, DAY)).items
    assert item.text == "Made ? text"
    assert len(item.text_sha256) == 64


def test_documents_on_public_inspection_are_titles_with_the_number_that_the_published_one_has():
    filed = {
        "filed_at": "2026-08-19T11:15:00.000-04:00",
        "publication_date": "2026-08-21",
        "type": "Presidential Document",
        "agencies": [],
    }
    documents = [
        filed | {"document_number": "2026-90001", "title": "A Made Proclamation"},
        filed | {"document_number": "2026-90002", "title": None, "toc_subject": "Made Duties", "toc_doc": "on Steel"},
        filed | {"document_number": "2026-90003", "title": "Withdrawn", "publication_date": None},
    ]
    found = reading("federal-register-inspection", json.dumps({"count": 3, "results": documents}).encode())
    assert [(item.item_id, item.document_number, item.title, item.extent) for item in found.items] == [
        ("2026-90001", "2026-90001", "A Made Proclamation", "title"),
        ("2026-90002", "2026-90002", "Made Duties on Steel", "title"),
    ]
    assert found.items[0].published_at == datetime(2026, 8, 19, 15, 15, tzinfo=UTC)
    assert found.said == ("1 documents without a title or a day of publication were left out",)
    assert reading("federal-register-inspection", b'{"count": 0}').items == ()
    with pytest.raises(Drift, match="count is missing"):
        reading("federal-register-inspection", b'{"documents": []}')


def test_the_day_of_effect_of_a_document_is_read_from_its_field_its_dates_or_its_text():
    found = reading("federal-register", "federal_register_made.json", about=Span(DAY, DAY))
    assert [(item.item_id, item.authority, item.effective_on, item.effective_basis) for item in found.items] == [
        ("2026-90001", "USA/CBP", date(2026, 9, 1), "field"),
        ("2026-90002", "USA/Office of the Made Secretary", date(2026, 8, 20), "dates_text"),
        ("2026-90003", "USA", None, "none"),
    ]
    assert found.items[1].text == "A made finding on Nuevo León."
    text, further = found.follow
    assert further.url.endswith("search_after_cursor=bWFkZQ")
    assert further.about.seen == {"2026-90001", "2026-90002", "2026-90003", "2026-90004"}
    (whole,) = reading("federal-register", "federal_register_made.txt", "text", item=text.item).items
    assert (whole.document_number, whole.document_type, whole.extent) == ("Proclamation 99001", "Proclamation", "full")
    assert (whole.effective_on, whole.effective_basis) == (date(2026, 8, 24), "body_text")
    assert (whole.signed_on, whole.published_at.date()) == (date(2026, 8, 17), DAY)
    assert {item.signed_on for item in found.items} == {None}
    assert whole.text.endswith("\nBy the authority of a made document, a made duty is ordered. It shall be effective with respect to goods "
                               "entered on or after 12:01 a.m. eastern daylight time on August 24, 2026.")  # fmt: skip


def test_a_list_that_is_cut_at_ten_thousand_is_asked_in_halves_down_to_a_day():
    cut = json.dumps({"count": 10000, "total_pages": 50, "results": []}).encode()
    halves = reading("federal-register", cut, about=Span(DAY, date(2026, 8, 22))).follow
    assert [(half.about.since.day, half.about.until.day) for half in halves] == [(19, 20), (21, 22)]
    with pytest.raises(Drift, match="the list of 2026-08-19 is cut at 10,000 documents"):
        reading("federal-register", cut, about=Span(DAY, DAY))


def test_a_page_beyond_the_fiftieth_is_the_first_again_and_is_refused():
    seen = frozenset(f"2026-9000{n}" for n in range(1, 5))
    with pytest.raises(Drift, match="repeats documents of the pages before it"):
        reading("federal-register", "federal_register_made.json", about=Span(DAY, DAY, seen))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"errors": {"topics": "is not a valid field"}}, "the API refuses the question: {'topics': 'is not a valid field'}"),
        ({"status": 400, "message": "made"}, "the API refuses the question: made"),
        ({"description": "no count"}, "count is missing"),
        ({"count": 1, "results": [{"title": "made"}]}, "document_number is missing"),
        ([], "a list came"),
        ({"count": 1, "results": [DOCUMENT | {"html_url": 7}]}, "url is 7; a text was expected"),
    ],
)
def test_answers_of_another_form_are_told(answer, said):
    with pytest.raises(Drift) as drift:
        reading("federal-register", json.dumps(answer).encode(), about=Span(DAY, DAY))
    assert said in str(drift.value)


def test_without_hits_the_list_of_results_is_absent():
    assert reading("federal-register", b'{"count": 0, "description": "none"}', about=Span(DAY, DAY)) == Reading()


def test_real_documents_of_january_2024_are_read():
    first = reading("federal-register", real("fr_documents_bilateral_2024-01_page1.json"))
    assert [(item.document_number, item.effective_on, item.effective_basis) for item in first.items] == [
        ("2023-28939", date(2024, 1, 3), "dates_text"), ("2024-00034", None, "none"), ("2024-00265", date(2023, 12, 1), "field"),
        ("2024-00267", None, "none"),
    ]  # fmt: skip
    last = reading("federal-register", real("fr_documents_bilateral_2024-01_page2.json"))
    assert (len(last.items), last.follow) == (5, ())
    presidential = reading("federal-register", real("fr_documents_presidential_2024-01.json"))
    assert [request.item.document_number for request in presidential.follow][:2] == ["Proclamation 10689", "2023-28947"]
    with pytest.raises(Drift, match="cut at 10,000"):
        reading("federal-register", real("fr_documents_newest_2026-10-02.json"))


# ------------------------------------------------------------------ Diario Oficial


def test_notes_of_a_day_without_stubs_and_tenders_and_their_texts():
    found = reading("dof", "sidof_notes_made.json", "notes", about=DAY)
    assert [(item.item_id, item.extent, item.document_type) for item in found.items] == [("90004", "title", "ACUERDO")]
    assert found.said == ("2026-08-19: 1 tenders and notices were left out", "2026-08-19: 1 notes without a title were left out")
    (request,) = found.follow
    assert request.url == "https://sidof.segob.gob.mx/dof/sidof/notas/nota/90001"
    (whole,) = reading("dof", "sidof_note_made.json", "note", item=request.item).items
    assert (whole.authority, whole.effective_on, whole.effective_basis) == (
        "MEX/SECRETARIA DE ECONOMIA",
        date(2026, 9, 1),
        "body_text",
    )
    unknown = reading("dof", b'{"messageCode": 200, "response": "OK", "Nota": []}', "note", item=request.item)
    assert unknown == Reading((request.item,), said=("note 90001 has no text; its title is kept",))


EMPTY = b'{"messageCode": 200, "NotasMatutinas": [], "NotasVespertinas": [], "NotasExtraordinarias": []}'
LOST = b'{"messageCode": 200, "Matutina": [{"codDiario": 1}], "Vespertina": null, "Extraordinaria": null}'
NONE = b'{"messageCode": 200, "Matutina": null, "Vespertina": null, "Extraordinaria": null}'


@pytest.mark.parametrize(
    ("day", "answer", "unsure", "said"),
    [
        (DAY, LOST, "2026-08-19: SIDOF has an edition and does not give its notes; it is asked again", ()),
        (DAY, NONE, "2026-08-19: no gazette, or one that SIDOF has lost; it is asked again", ()),
        (date(2026, 8, 16), NONE, "", ("2026-08-16: no gazette",)),
        (date(2026, 8, 3), LOST, "", ("2026-08-03: SIDOF has an edition and does not give its notes; not asked again",)),
    ],
)
def test_a_day_without_notes_is_checked_against_its_editions(day, answer, unsure, said):
    (request,) = reading("dof", EMPTY, "notes", about=day).follow
    assert request.url == f"https://sidof.segob.gob.mx/dof/sidof/diarios/porFecha/{day:%d-%m-%Y}"
    found = reading("dof", answer, "editions", about=day)
    assert (found.unsure, found.said, found.items) == (unsure, said, ())


def test_the_gazette_of_another_day_is_refused_on_both_ways():
    with pytest.raises(Drift, match="notes of 19-08-2026 came where 18-08-2026 was asked for"):
        reading("dof", "sidof_notes_made.json", "notes", about=date(2026, 8, 18))
    with pytest.raises(Drift, match="the index is of 2026-08-19, 2026-08-18 was expected"):
        reading("dof-website", "dof_index_made.html", "index", about=(date(2026, 8, 18), "MAT"))


def test_the_website_is_read_in_the_encoding_that_it_does_not_declare_and_its_notes_too():
    (request,) = reading("dof-website", "dof_index_made.html", "index", about=(DAY, "MAT")).follow
    assert (request.item.title, request.item.authority) == (
        "Decreto hecho para pruebas, con una eñe",
        "MEX/SECRETARÍA HECHA DE ECONOMÍA",
    )
    assert request.url == "https://dof.gob.mx/nota_detalle.php?codigo=90001&fecha=19/08/2026"
    (asked,) = reading("dof-website", "dof_note_made.html", "note", item=request.item).items
    (saved,) = reading("dof", "dof_note_made.html", "").items
    assert (asked.item_id, asked.effective_on) == (saved.item_id, saved.effective_on) == ("90001", date(2026, 8, 20))
    assert saved.published_at == datetime(2026, 8, 19, tzinfo=UTC)
    (title,) = reading("dof", "dof_index_made.html", "", url="saved.html").items
    assert (title.item_id, title.extent, title.url) == ("90001", "title", request.url)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><body>DOF: 31/12/1969<div id='DivDetalleNota'>x</div></body></html>", "a note that does not exist"),
        (b"<html><body><div id='DivDetalleNota'></div></body></html>", "is missing or empty"),
        (b"<html><body><div id='DivDetalleNota'><p>Text</p></div></body></html>", "neither code nor day"),
        (b"<html><body>Fecha: 19/08/2026</body></html>", "the index names no note"),
    ],
)
def test_pages_of_the_gazette_without_what_they_should_have_are_told(body, said):
    with pytest.raises(Drift, match=said):
        reading("dof", body, "")


def test_the_real_index_of_1999_is_read():
    items = reading("dof", real("dof_index_SHAPE_cp1252.html"), "").items
    assert [item.authority for item in items] == ["MEX/SECRETARIA DE GOBERNACION", "MEX/SUPREMA CORTE DE JUSTICIA DE LA NACIÓN"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("El presente Decreto entrará en vigor al día siguiente de su publicación en el Diario Oficial.", date(2026, 8, 20)),
        ("Entrará en vigor el mismo día de su publicación.", DAY),
        ("entrará en vigor el 1 de enero de 2027", date(2027, 1, 1)),
        ("entrará en vigor el 1o. de enero de 2027", date(2027, 1, 1)),
        ("entrará en vigor a los 30 días naturales siguientes a su publicación", date(2026, 9, 18)),
        ("entrará en vigor a los treinta días siguientes a su publicación", date(2026, 9, 18)),
        ("entrará en vigor a los cinco días hábiles siguientes", None),
        ("entrará en vigor al día hábil siguiente de su publicación", None),
        ("no se dice cuándo", None),
    ],
)
def test_the_day_of_entry_into_force_is_read_in_spanish(text, day):
    assert dates.effective_spanish(text, DAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("This rule is effective August 24, 2026.", date(2026, 8, 24)),
        ("DATES: Applicable January 3, 2024.", date(2024, 1, 3)),
        ("Comments are due August 24, 2026.", None),
        ("The order is in effect until August 24, 2026.", None),
        ("effective February 30, 2026", None),
    ],
)
def test_the_day_of_effect_is_read_in_english(text, day):
    assert dates.effective_english(text) == day


# ------------------------------------------------------------------ lists and feeds


def test_a_single_release_of_canada_comes_as_an_object():
    (item,) = reading("canada-global-affairs", "canada_made.json", about=DAY).items
    assert (item.item_id, item.extent, item.published_at) == (
        "https://www.canada.ca/en/made/news/made.html", "teaser", datetime(2026, 8, 19, 18, tzinfo=UTC),
    )  # fmt: skip


def test_a_full_list_of_canada_is_followed_by_one_from_its_last_day():
    entry = {"title": "Made", "link": "https://www.canada.ca/en/made", "publishedDate": "2026-08-21T09:00:00-04:00"}
    full = json.dumps({"feed": {"entry": [entry | {"link": f"https://www.canada.ca/en/{n}"} for n in range(100)]}}).encode()
    (request,) = reading("canada-global-affairs", full, about=DAY).follow
    assert "publishedDate%3E=2026-08-21&pick=100" in request.url
    with pytest.raises(Drift, match="no more of one day"):
        reading("canada-global-affairs", full, about=date(2026, 8, 21))


def test_articles_of_gdelt_with_faulty_escapes_and_spaced_signs_are_read():
    (item,) = reading("gdelt-articles", "gdelt_made.json").items
    assert (item.title, item.language, item.precision) == ("Made \\% title, with a tab here", "es", "unknown")
    assert reading("gdelt-articles", b"{}") == Reading()


def test_recent_actions_have_the_day_of_the_list_and_not_one_of_their_title():
    items = reading("ofac", "ofac_made.html").items
    assert [(item.item_id, item.document_type, item.published_at.date()) for item in items] == [
        ("/recent-actions/20260819", "sanctions-list-updates", DAY),
        ("/recent-actions/20260819_33", "general-licenses", DAY),
        ("/node/1", "miscellaneous", date(2026, 5, 5)),
    ]
    with pytest.raises(Drift, match="its markup has changed"):
        reading("ofac", b"<html><body>Displaying 1 - 10 of 10 results.</body></html>")


def test_changes_of_the_sanctions_lists_are_counted_and_name_nobody():
    (item,) = reading("ofac-changes", "ofac_delta_made.xml").items
    assert item.text == "2 entries added: MADE-EO1.\n1 entry added: MADE-EO2.\n1 entry removed: no programme."
    assert "Person" not in repr(item)


def test_a_text_of_the_white_house_begins_after_its_menu():
    (item,) = reading("white-house", "white_house_made.xml").items
    assert item.item_id == "https://house.example.org/?p=90001"
    assert (item.document_type, item.extent) == ("Executive Orders", "full")
    assert item.text == "By a made authority, it is ordered:\nSec. 1. A duty of 5 percent."


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("atom_made.xml", ("urn:made:1", "https://news.example.org/made", "Resumen hecho.", "teaser", "es", datetime(2026, 8, 20, tzinfo=UTC), "second")),
        ("json_feed_made.json", ("7", "https://news.example.org/7", "Made text.", "full", "es", datetime(2026, 8, 19, 16, tzinfo=UTC), "second")),
        ("sitemap_made.xml", ("https://news.example.org/made", "https://news.example.org/made", "Título hecho", "title", "es", datetime(2026, 8, 19, tzinfo=UTC), "day")),
    ],
)  # fmt: skip
def test_a_feed_of_each_form_is_read(sample, expected):
    found = reading(Source("made", "feed", "https://news.example.org/feed"), sample)
    (item,) = found.items
    assert (item.item_id, item.url, item.text, item.extent, item.language, item.published_at, item.precision) == expected
    assert len(found.said) == (0 if sample.startswith("atom") else 1)


def test_an_address_that_is_none_of_the_web_is_left_out():
    entries = [
        {"id": url, "title": "Made", "url": url} for url in ("javascript:alert(1)", "data:text/html,a", "https://a.example/1")
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1", "items": entries}).encode()
    assert [item.url for item in reading(SHIPPED["mexico-news-daily"], feed).items] == ["", "", "https://a.example/1"]


def test_an_index_of_sitemaps_is_followed_to_its_newest():
    places = "".join(
        f"<sitemap><loc>https://news.example.org/{n}.xml</loc><lastmod>2026-08-{n:02}</lastmod></sitemap>" for n in range(1, 13)
    )
    body = (
        f"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</sitemapindex>".encode()
    )
    found = reading(Source("made", "feed", "https://news.example.org/feed"), body)
    assert [request.url for request in found.follow][:2] == ["https://news.example.org/12.xml", "https://news.example.org/11.xml"]
    assert (len(found.follow), found.said) == (10, ("2 older sitemaps were left out",))


@pytest.mark.parametrize(
    ("source", "name", "n_items", "n_said"),
    [
        ("white-house", "wh_presidential_actions_feed_2026-10-02.xml", 1, 0),
        ("state-department", "state_press_releases_HANDMADE.xml", 2, 0),
        ("mexico-news-daily", "generic_full.rss", 2, 1),
        ("mexico-news-daily", "generic_full.atom", 2, 1),
        ("mexico-news-daily", "generic_full_jsonfeed.json", 2, 0),
        ("mexico-news-daily", "news_sitemap_HANDMADE.xml", 1, 0),
        ("mexico-news-daily", "gac_news_HANDMADE.atom", 1, 0),
        ("canada-global-affairs", "gac_news_HANDMADE.json", 1, 0),
        ("gdelt-articles", "gdelt_doc_artlist_HANDMADE.json", 2, 0),
        ("ofac", "ofac_recent_actions_SHAPE.html", 4, 0),
        ("presidencia-mx", "gobmx_presidencia_transcript_2021-06-28.html", 4, 1),
        ("presidencia-mx", "presidencia_mx_transcript_2026-07-24_excerpt.txt", 10, 0),
        ("sre-mx", "gobmx_presidencia_transcript_2021-06-28.html", 1, 0),
    ],
)
def test_samples_of_sources_are_read_whole(source, name, n_items, n_said):
    found = reading(source, real(name))
    assert (len(found.items), len(found.said)) == (n_items, n_said)
    assert all(item.text and item.title and "<" not in item.title for item in found.items)


# ------------------------------------------------------------------ pages


@pytest.mark.parametrize("sample", ["transcript_made.html", "transcript_made.txt"])
def test_a_transcript_is_cut_into_passages_of_one_speaker(sample):
    found = reading("presidencia-mx", sample, "")
    item = found.items[-1]
    assert item.title == "Conferencia hecha — PRESIDENTA HECHA"
    assert item.text == "No hay ningún arancel nuevo en esta conferencia hecha.\nY eso es todo por hoy."
    assert (item.published_at, item.precision) == (datetime(2026, 8, 19, tzinfo=UTC), "day")
    assert found.said == ("1 turns of under 40 characters were left out",)
    assert len({one.item_id for one in found.items}) == len(found.items)


ENTRY = '<article><h2>{0}</h2><p>{1} de agosto de 2026</p><a href="/{2}/prensa/{3}?idiom=es">Continuar</a><a href="/{2}/prensa/{3}">{0}</a></article>'


@pytest.mark.parametrize("is_script", [False, True])
@pytest.mark.parametrize(("source", "office"), [("sre-mx", "sre"), ("economia-mx", "se"), ("presidencia-mx", "presidencia")])
def test_a_saved_list_of_articles_gives_their_titles(source, office, is_script):
    entries = "".join(ENTRY.format(f"Título hecho {n}", n, office, f"hecho-{n}") for n in (18, 19))
    if is_script:  # as in the later pages of a list
        entries = f"<div>$('#prensa').append('{entries}')</div>".replace('"', '\\"').replace("</", "<\\/")
    found = reading(source, f"<html><body><h1>Prensa</h1>{entries}</body></html>".encode(), "")
    assert [(item.item_id, item.title, item.published_at.day, item.extent) for item in found.items] == [
        (f"www.gob.mx/{office}/prensa/hecho-{n}", f"Título hecho {n}", n, "title") for n in (18, 19)
    ]
    assert found.items[0].url == f"https://www.gob.mx/{office}/prensa/hecho-18"


def test_a_long_turn_is_cut_between_its_paragraphs():
    body = "Hecha\nOficina\n19 de agosto de 2026\n---\nPRESIDENTA HECHA\n" + "\n".join(f"{n} " + "dice " * 100 for n in range(9))
    texts = [item.text for item in reading("presidencia-mx", body.encode(), "").items]
    assert [text.count("\n") + 1 for text in texts] == [3, 3, 3]
    with pytest.raises(Drift, match="no speaker was found"):
        reading("presidencia-mx", b"Title\nOffice\n19 de agosto de 2026", "")


def test_a_page_of_the_press_has_its_declared_day_and_no_menu():
    (item,) = reading("sre-mx", "page_made.html", "").items
    assert (item.item_id, item.title) == ("paper.example.org/made", "Made page")
    assert item.published_at == datetime(2026, 8, 19, 16, tzinfo=UTC)
    assert item.text.startswith("The made minister said")
    assert "Menu" not in item.text


def test_a_page_whose_day_nobody_declares_has_none():
    body = (
        (SAMPLES / "page_made.html")
        .read_bytes()
        .replace(b"article:published_time", b"made")
        .replace(b"next month", b"on 4 May 2026")
    )
    (item,) = reading("sre-mx", body, "").items
    assert (item.published_at, item.precision) == (None, "unknown")


@pytest.mark.parametrize(
    "sample", ["page_made.html", "atom_made.xml", "transcript_made.txt", "sitemap_made.xml", "json_feed_made.json"]
)
def test_files_of_a_folder_are_read_by_their_own_form(sample):
    source = Source("made", "files", str(SAMPLES), language="en")
    (item,) = reading(source, sample, "", url=sample).items
    assert item.title in {"Made page", "Entrada hecha", "Conferencia hecha", "Título hecho", "Made seven"}


@pytest.mark.parametrize(
    "body", [b"Made title\nMade text.", b"<html><h1>Made title</h1><div class='article-body'>Made text.</div></html>"]
)
def test_pages_that_differ_in_their_query_are_two_documents_whoever_sent_the_reader(body):
    source = Source("made", "files", str(SAMPLES), language="en")
    urls = [f"https://gob.example.org/nota.php?{query}" for query in ("id=1", "id=2&utm_source=made")]
    keys = [reading(source, body, "", url=url).items[0].item_id for url in [*urls, "saved#1.html"]]
    assert keys == ["gob.example.org/nota.php?id=1", "gob.example.org/nota.php?id=2", "saved#1.html"]


def test_a_list_of_addresses_is_asked_address_by_address(tmp_path: Path):
    path = tmp_path / "addresses.txt"
    path.write_text("https://paper.example.org/1\n# a remark\nhttps://paper.example.org/2\n")
    requests = reader_of("files").requests(Source("made", "files", str(path)), DAY, DAY)
    assert [request.url for request in requests] == ["https://paper.example.org/1", "https://paper.example.org/2"]


HOSTILE_PAGES = {
    "script": b"<html><body><h1>T</h1><div class='article-body'><script>alert(1)</script><p>Text.</p></div></body></html>",
    "control characters": b"<html><body><h1>T\x00\x01</h1><div class='article-body'><p>Te\x00xt.</p></div></body></html>",
    "deep nesting": b"<html><body><h1>T</h1><div class='article-body'>" + b"<div>" * 1000 + b"<p>Text.</p></div></body></html>",
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
def test_hostile_pages_give_their_text_and_nothing_else(name):
    (item,) = reading("sre-mx", HOSTILE_PAGES[name], "").items
    assert item.text == "Text."
    assert item.title.startswith("T")


# ------------------------------------------------------------------ damaged bodies


def damaged(body: bytes, chance: random.Random) -> bytes:
    """A body in which a few bytes are other ones, missing, repeated, or values of another type."""
    found = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        place, length = chance.randrange(len(found)), chance.randint(1, 40)
        piece = chance.choice(
            [
                b"",
                found[place : place + length] * 2,
                b"\0",
                b"\xff\xfe",
                b"<",
                b"&",
                b"null",
                b"[]",
                b"7",
                b"9999-12-31T23:59:59Z",
            ]
        )
        found[place : place + length] = piece
        found = found or bytearray(b"x")
    return bytes(found)


SAMPLED = {
    "federal_register_made.json": ("federal-register", {"about": Span(DAY, DAY)}),
    "sidof_notes_made.json": ("dof", {"part": "notes", "about": DAY}),
    "dof_index_made.html": ("dof-website", {"part": "index", "about": (DAY, "MAT")}),
    "dof_note_made.html": ("dof", {"part": ""}),
    "white_house_made.xml": ("white-house", {}),
    "ofac_made.html": ("ofac", {}),
    "ofac_delta_made.xml": ("ofac-changes", {}),
    "canada_made.json": ("canada-global-affairs", {"about": DAY}),
    "gdelt_made.json": ("gdelt-articles", {}),
    "transcript_made.html": ("presidencia-mx", {"part": ""}),
    "transcript_made.txt": ("presidencia-mx", {"part": ""}),
    "page_made.html": ("sre-mx", {"part": ""}),
    "atom_made.xml": ("ustr", {}),
    "json_feed_made.json": ("ustr", {}),
    "sitemap_made.xml": ("ustr", {}),
}


@pytest.mark.parametrize("sample", SAMPLED)
def test_a_damaged_body_gives_items_of_texts_or_a_reason(sample):
    source, asked = SAMPLED[sample]
    chance = random.Random(sample)
    for _ in range(40):
        body = damaged((SAMPLES / sample).read_bytes(), chance)
        with contextlib.suppress(Drift, *UNEXPECTED):
            for item in reading(source, body, **asked).items:
                assert len(item.text_sha256) == 64
                assert item.item_id
