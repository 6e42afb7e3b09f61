"""Pictures of charts by address, and what search engines and previews of links read."""

import re
import struct
from html import unescape
from xml.etree import ElementTree

import pytest

from bilateral.exits import Exit, Stop
from bilateral.pages import pictures
from bilateral.public_address import Public
from bilateral.strings import texts
from bilateral.web.app import make_app
from bilateral.web.drawing import Drawing
from bilateral.web.security import Door

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def web(published):
    return make_app(published).server.test_client()


@pytest.fixture(scope="module")
def public(published):
    """As readers elsewhere ask it."""
    door = Door(is_public=True, way=Public("https://relations.example.org"))
    return make_app(published, door=door).server.test_client()


def words(svg: bytes) -> str:
    """Every text of a drawing."""
    return "\n".join("\n".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))


def test_a_pair_has_a_picture_that_says_finding_unit_band_evidence_licence_and_address(public):
    answer = public.get("/pair/MEX-USA.svg?from=2025-01-01&to=2025-04-15")
    assert (answer.status_code, answer.content_type) == (200, "image/svg+xml")
    told = words(answer.data)
    page = public.get("/pair/MEX-USA?from=2025-01-01&to=2025-04-15").text
    verdict = re.search(r"United States – Mexico, 15 Apr 2025: (.*)", told)[1]
    assert verdict in page
    low, high = re.search(r"15 Apr 2025: \S+, 95% interval (\S+) to (\S+) \(shaded\)", told).groups()
    assert f"{low} to {high}" in page
    assert "points from −100 to +100" in told
    n, share = re.search(r"(\d+) events, 1 Jan 2025 to 15 Apr 2025; (\d+)% of them known from", told).groups()
    assert re.search(rf"\b{share} ?%", page)
    rows = public.get("/pair/MEX-USA.json?from=2025-01-01&to=2025-04-15&chart=balance").get_json()["rows"]
    assert int(n) == sum(row["n_events"] for row in rows)
    assert "CC BY 4.0" in told
    assert "https://relations.example.org/pair/MEX-USA?from=2025-01-01&to=2025-04-15" in told
    assert b"<script" not in answer.data
    assert answer.data.count(b"@font-face{font-family:'Source Sans 3'") == 1
    assert "font-src 'self' data:" in answer.headers["Content-Security-Policy"]


def test_the_page_of_an_event_leads_to_a_picture_for_print_also_where_it_is_of_one_article_alone(web):
    page = web.get("/event/newsnation-20250328-02?lang=es").text
    (png,), (svg,) = (re.findall(rf'href="(/pair/MEX-USA\.{form}[^"]*)"', page) for form in ("png", "svg"))
    assert unescape(png) == "/pair/MEX-USA.png?from=2024-09-25&to=2025-09-24&at=2025-03-26&lang=es"
    told = words(web.get(unescape(svg)).data)
    assert "Estados Unidos – México: antes y después del 26 mar 2025" in told
    assert "CC BY 4.0" in told
    assert "26 mar 2025" in told  # the announcement is one of the key events of these months


def test_the_axis_of_a_spanish_picture_has_spanish_months(public):
    told = words(public.get("/pair/MEX-USA.svg?from=2025-01-01&to=2025-12-31&lang=es").data)
    months = {line.split()[0] for line in told.splitlines() if re.fullmatch(r"[A-Za-z]+ 2025", line)}
    assert months
    assert months <= set(texts("es").entry("months"))


def test_the_png_is_large_and_known_again(web):
    answer = web.get("/pair/MEX-USA.png?lang=es")
    assert answer.content_type == "image/png"
    assert "Content-Disposition" not in answer.headers
    width, height = struct.unpack(">II", answer.data[16:24])
    assert (width, height) == (2400, 1350)
    again = web.get("/pair/MEX-USA.png?lang=es", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/pair/XXX-USA.png", "/events.png", "/pair/MEX-USA.png?chart=nothing", "/nothing.svg"])
def test_what_has_no_chart_has_no_picture(web, path):
    assert web.get(path).status_code == 404


def test_without_the_extra_a_picture_says_what_is_lacking(published, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "kaleido", None)
    answer = make_app(published).server.test_client().get("/pair/MEX-USA.png")
    assert (answer.status_code, answer.mimetype) == (503, "text/plain")
    assert answer.text == "pictures need the extra: pip install 'bilateral[pictures]'\n"


def test_pictures_have_a_rate_of_their_own(published):
    client = make_app(published, rates={"picture": "2 per minute"}).server.test_client()
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
    codes = [client.get("/pair/XXX-USA.png", **elsewhere).status_code for _ in range(3)]
    assert codes == [404, 404, 429]
    assert client.get("/pair/MEX-USA.csv", **elsewhere).status_code == 200


def test_one_picture_is_drawn_at_a_time_and_the_last_are_kept(monkeypatch):
    drawing, drawn = Drawing(), []
    monkeypatch.setattr("bilateral.web.drawing.PATIENCE", 0.05)

    def draw() -> bytes:
        drawn.append(1)
        with pytest.raises(Stop, match="other pictures are being drawn") as stop:
            drawing.picture("other", lambda: b"y")
        assert stop.value.code == Exit.TRY_AGAIN
        return b"x"

    assert [drawing.picture("one", draw), drawing.picture("one", draw)] == [b"x", b"x"]
    assert len(drawn) == 1
    assert drawing.picture("none", lambda: None) is None


def test_signs_of_markup_in_a_caption_stay_text():
    figure = {"data": [], "layout": {"margin": {}, "annotations": []}}
    made = pictures.on_paper(figure, pictures.Caption("a <b>& b", ("<i>",), ("<a href='x'>",)))
    assert "a &lt;b>&amp; b" in made["layout"]["title"]["text"]
    assert made["layout"]["annotations"][-1]["text"] == "&lt;a href='x'>"


def test_paper_has_no_brush_under_the_notes():
    figure = {"data": [], "layout": {"xaxis": {"rangeslider": {"visible": True}, "type": "date"}}}
    assert pictures.on_paper(figure, pictures.Caption("a", (), ("b",)))["layout"]["xaxis"] == {"type": "date"}


def tags(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', page)
    return {name: unescape(content) for name, content in found} | {
        "canonical": unescape(re.search(r'rel="canonical" href="([^"]*)"', page)[1])
    }


def test_a_page_tells_previews_its_title_sentence_picture_and_address(public):
    told = tags(public.get("/pair/MEX-USA?domain=trade&lang=es&theme=dark").text)
    there = "https://relations.example.org/pair/MEX-USA?domain=trade&lang=es"
    assert (told["canonical"], told["og:url"], told["og:locale"]) == (there, there, "es_MX")
    assert told["og:title"] == "Estados Unidos – México"
    assert told["og:description"] == told["description"]
    assert "90 días" in told["og:description"]
    image = told["og:image"].removeprefix("https://relations.example.org")
    assert image == "/pair/MEX-USA.png?domain=trade&lang=es"
    assert public.get(image).status_code == 200
    plain = tags(public.get("/methods").text)
    assert plain["canonical"] == "https://relations.example.org/methods"
    assert "og:image" not in plain
    assert plain["description"].startswith("Are two countries cooperating or clashing")


def test_a_page_that_is_none_has_no_address_of_its_own(web):
    assert 'rel="canonical"' not in web.get("/nothing").text


def test_robots_and_the_map_of_the_site_name_pages_that_are_there(public):
    robots = public.get("/robots.txt")
    assert robots.mimetype == "text/plain"
    assert "Disallow: /sql\n" in robots.text
    assert "Sitemap: https://relations.example.org/sitemap.xml\n" in robots.text
    answer = public.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [place.text for place in ElementTree.fromstring(answer.data).iter(f"{space}loc")]
    assert {
        "https://relations.example.org/",
        "https://relations.example.org/pair/MEX-USA",
        "https://relations.example.org/briefing/COL-USA",
    } <= set(places)
    assert len(places) == len(set(places))
    assert {public.get(place.removeprefix("https://relations.example.org")).status_code for place in places} == {200}
