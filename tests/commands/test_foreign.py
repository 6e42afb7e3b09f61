"""Text of others where it is put out: terminals, CSV, XLSX, feeds, Markdown."""

import csv
import html
import io
import json
import os
import pty
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt
from tests.ask.test_exports import ABOUT

from bilateral import escaping
from bilateral.ask import exports, reader_sql
from bilateral.ask.reader_sql import Asking, Limits
from bilateral.load import own_files
from bilateral.monitoring import alerts
from bilateral.monitoring.feeds import ATOM, Change, atom, json_feed
from bilateral.pages.document import Document, Piece, Section
from bilateral.publish import snapshots
from bilateral.web.app import make_app
from material import PATIENCE, ROOT, act, callback, clean_environment, write_csv

STEERING = {
    "\x1b[2J\x1b]0;owned\x07": r"\x1b[2J\x1b]0;owned\x07",
    "\x9b31m\x90\x9d": r"\x9b31m\x90\x9d",
    "safe\rgone": r"safe\x0dgone",
    "a\x08\x7f\x00": r"a\x08\x7f\x00",
    "\u202egnp.exe\u2066\u2069": r"\u202egnp.exe\u2066\u2069",
    "one\u2028two\u200f": r"one\u2028two\u200f",
    "\udcff": r"\udcff",
    "a\ufeffb\u2060c\U000e0041": r"a\ufeffb\u2060c\U000e0041",
}


@pytest.mark.parametrize("text", STEERING)
def test_what_steers_a_terminal_is_shown(text):
    assert escaping.visible(text) == STEERING[text]


def test_lines_tabs_and_letters_of_all_scripts_stay():
    text = "Año 日本 نص עברית 👩‍👩‍👧 −5 %\n\tnext"
    assert escaping.visible(text) == text
    assert escaping.in_a_line("a\nb\tc") == r"a\x0ab\x09c"


# ------------------------------------------------------------------ terminals


def on_a_terminal(*arguments: object) -> str:
    """What a person at a terminal gets to see of a command."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "bilateral", *map(str, arguments)]
    environment = clean_environment(ROOT) | {"TERM": "dumb"}  # a progress line moves with signs that steer
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        seen = b""
        while True:
            try:
                seen += os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
    os.close(ours)
    return seen.decode()


HOSTILE = "select chr(27) || '[2J' || chr(155) || 'm' || chr(8238) || '[red]x[/]' as \"a\u202eb\""


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_the_command_shows_escapes_on_a_terminal(published, format):
    seen = on_a_terminal("sql", HOSTILE, "--format", format, "--data", published)
    assert not escaping.STEERING.search(seen.replace("\r\n", "\n"))
    for shown in ("1b[2J", "9bm", "202e", "[red]x[/]"):
        assert shown in seen


def test_an_error_shows_escapes_too(published):
    seen = on_a_terminal("sql", "select error(chr(27) || ']0;owned' || chr(7))", "--data", published)
    assert r"\x1b]0;owned\x07" in seen
    assert "\x1b" not in seen


def test_a_pipe_gets_the_exact_text_as_csv_and_json(published):
    def piped(format: str) -> str:
        command = [sys.executable, "-m", "bilateral", "sql", HOSTILE, "--format", format, "--data", str(published)]
        return subprocess.run(command, env=clean_environment(ROOT), capture_output=True, check=True).stdout.decode()

    exact = "\x1b[2J\x9bm\u202e[red]x[/]"
    assert piped("csv") == f"a\u202eb\n{exact}\n"
    assert json.loads(piped("json")) == [{"a\u202eb": exact}]


def test_names_of_files_reports_and_the_doctor_show_escapes(tmp_path):
    file = write_csv(tmp_path / "mine\x1b[2J[red]\n\u202e.csv", [act("a1"), act("a2", code="99\x1b[2J")])
    seen = on_a_terminal("load", "articles", file, "--data", tmp_path / "data")
    assert r"mine\x1b[2J[red]\x0a\u202e.csv: 2 read, 1 accepted" in seen.replace("\r\n", "")
    seen += on_a_terminal("doctor", "--data", tmp_path / "data") + on_a_terminal("runs", "--data", tmp_path / "data")
    seen += on_a_terminal("sql", "from rejects", "--data", tmp_path / "data")
    assert "\x1b" not in seen
    assert "\u202e" not in seen


# ------------------------------------------------------------------ CSV and XLSX

FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1", "＋1", "－1", "＠A1", " ＝1",
    "=HYPERLINK(\"http://x.example\")", "-cmd|' /C calc'!A0", "-1.5 s", "\x00=1",
]  # fmt: skip
HARMLESS = [
    "1",
    "-5",
    "+5.25",
    "-1e-7",
    "-12 %".replace(" ", ""),
    "a=b",
    "2025-03-28",
    "'quoted'",
    "",
    "‑5",
    "−5",
    "USA-MEX",
    ".5",
    "a\rb",
    'say "x", y',
]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_a_formula_becomes_text_and_comes_back_as_it_was(text):
    assert escaping.cell(text) == f"'{text}"
    assert escaping.as_it_was(escaping.cell(text)) == text


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_numbers_and_words_stay_as_they_are(text):
    assert escaping.cell(text) == text == escaping.as_it_was(text)


@pytest.mark.parametrize("for_people", [True, False])
def test_every_cell_is_read_again_by_strict_readers(for_people):
    made = io.StringIO()
    rows = [["a\rb", 'q"q', "x,y", "l\nl"], ["a\r\nb", "\r", '"', ""], [1, None, 2.5, "ñ"]]
    escaping.write_csv(made, ["n", "c\r", '"', "x"], rows, for_people)
    text = made.getvalue()
    assert text.startswith("\ufeff") is for_people
    again = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert again[1:] == [
        ["a\rb", 'q"q', "x,y", "l\nl"], ["a\r\nb", "'\r" if for_people else "\r", '"', ""], ["1", "", "2.5", "ñ"],
    ]  # fmt: skip
    frame = pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), keep_default_na=False)
    assert list(frame["n"]) == ["a\rb", "a\r\nb", "1"]


def test_each_way_to_a_csv_is_for_people_or_for_programs(published):
    path, asked = (
        snapshots.current(published),
        "select '@a' as \"=b\", -5 as n, '-5' as m, 'x' || chr(13) || 'y' as r, '＝1' as w",
    )
    given = {form: reader_sql.ask(path, asked, {}, form, Limits(seconds=PATIENCE)).body.decode() for form in ("csv", "sheet")}
    assert given["csv"] == '=b,n,m,r,w\n@a,-5,-5,"x\ry",＝1\n'
    assert given["sheet"] == "\ufeff'=b,n,m,r,w\n'@a,-5,-5,\"x\ry\",'＝1\n"


def hostile_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"title": [*FORMULAS, "https://x.example", "a\x08\ufffe\x1b", "x" * 40_000], "n": range(len(FORMULAS) + 3), "=h": "a\rb"}
    )


def test_files_for_people_have_a_mark_and_no_formula():
    content = exports.csv(hostile_frame(), ABOUT)
    assert content.startswith(b"\xef\xbb\xbf")
    with zipfile.ZipFile(io.BytesIO(exports.zipped(hostile_frame(), ABOUT))) as folder:
        assert folder.read(f"{ABOUT.stem}.csv") == content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["title", "n", "'=h"]
    assert [row[0] for row in rows[1 : len(FORMULAS) + 1]] == [f"'{text}" for text in FORMULAS]
    assert rows[1][1:] == ["0", "a\rb"]


def test_xlsx_holds_neither_formulas_nor_links_nor_signs_that_xml_cannot_hold():
    about = replace(ABOUT, title="=1+1", address="https://x.example", sql="\x0b@x")
    book = openpyxl.load_workbook(io.BytesIO(exports.xlsx(hostile_frame(), about)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for cell in cells)
    assert book["rows"].cell(len(FORMULAS) + 3, 1).value == "a\ufffd\ufffd\ufffd"
    assert len(book["rows"].cell(len(FORMULAS) + 4, 1).value) == 32_767
    assert "'=1+1" in [cell.value for cell in book["about"]["B"]]


# ------------------------------------------------------------------ Markdown and feeds


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://a.example/y.png)", "[x](javascript:alert(1))", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "&lt;b&gt;",
        "# head", "> quote", "| a | b |", "`code`", "```", "~~gone~~", "**bold**", "_it_", "$x$", "http://a.example", "https://a.example/?a=b",
        "www.a.example", "me@a.example", "- item", "+ item", "1. item", "1) item", "---", "===", "a\n\n# b", "[x]: http://a.example", "\u202ea",
    ],
)  # fmt: skip
def test_markdown_of_others_is_text(text):
    shown = MarkdownIt("gfm-like").render(escaping.markdown(text)).strip()
    assert shown.startswith("<p>")
    assert shown.endswith("</p>")
    assert "<" not in shown.removeprefix("<p>").removesuffix("</p>")


def test_a_line_of_a_briefing_holds_the_links_that_we_made_and_no_other():
    item = (Piece("1. http://a.example ![x](y): "), Piece("a](http://b.example) <b>", "https://c.example/(x)", "en"))
    made = Document("# t", "- l", ("n\n# n",), (Section("= s", ("+ s",), (("1. h", (item,)),)),)).markdown("")
    shown = MarkdownIt("gfm-like").render(made)
    assert shown.count("<a ") == 1
    assert 'href="https://c.example/%28x%29"' in shown
    assert "<img" not in shown
    assert shown.count("<h1>") == 1
    assert shown.count("<li>") == 1


def test_feeds_hold_text_alone():
    hostile = "a\x1b[2J\x9b\u202e\ufffe<b>&amp;</b>"
    change = Change("id\x00", "act", date(2025, 1, 1), "MEX-USA", "gdelt", hostile, hostile, "/pair/MEX-USA", -8.0, None)
    feed = ElementTree.fromstring(atom([change], hostile, "http://x", "http://x/f"))
    entry = feed.find(f"{{{ATOM}}}entry")
    for name in ("title", "summary"):
        said = entry.find(f"{{{ATOM}}}{name}")
        assert (said.text, said.get("type")) == ("a[2J<b>&amp;</b>", "text")
        assert len(said) == 0
    (item,) = json.loads(json_feed([change], hostile, "http://x", "http://x/f"))["items"]
    assert (item["title"], item["content_text"]) == ("a[2J<b>&amp;</b>",) * 2
    assert "content_html" not in item


# ------------------------------------------------------------------ pages

TURNED = "Talks\u202egnp.exe\u202c \u2066end\u2069 \x1b[2J\x9b \ufeffmark\u2060 \U000e0041\U000e0042 <b>x</b> עברית"
"""Turns of direction, isolates, escape sequences, a mark, a joiner, hidden letters for language models, markup; and letters that are written leftwards."""
AS_SHOWN = (
    r"Talks\u202egnp.exe\u202c \u2066end\u2069 \x1b[2J\x9b \ufeffmark\u2060 \U000e0041\U000e0042 &lt;b&gt;x&lt;/b&gt; עברית"
)


@pytest.fixture
def hostile_pages(house, tmp_path):
    """A client of pages over acts and measures whose every text of others steers."""
    acts = tmp_path / "acts.csv"
    row = act(
        "usa-mex-20250328-91",
        summary=TURNED,
        summary_es=TURNED,
        source_title=TURNED,
        source_url="https://x.example/a",
        outlet=f"Out{TURNED}",
    )
    write_csv(
        acts,
        [
            row
            | {
                "source_role": "GOV",
                "source_name": TURNED,
                "target_role": "GOV",
                "target_name": TURNED,
                "goldstein": "1.9",
                "plover_type": "CONSULT",
                "verified": "search",
            }
        ],
    )
    own_files.take(house.data, "chronology", [acts], None, None)
    assert house.refresh().exit_code == 0
    measure = {"measure_id": "usa-mex-hostile-2025", "measure_name": TURNED, "domain": "trade", "instrument": "tariff", "imposing_country": "USA",
               "target_country": "MEX", "scope": "bilateral", "state": "in_force", "state_date": "2025-03-28", "is_in_force": "yes", "until": "", "until_kind": "",
               "rate_percent": "10", "legal_basis": TURNED, "event_id": "", "note": TURNED, "verified": "search", "source_title": TURNED, "source_url": "https://x.example/b"}  # fmt: skip
    register = write_csv(tmp_path / "measures.csv", [measure])
    own_files.take(house.data, "measures", [register], None, None)
    assert house.refresh().exit_code == 0
    (house.tree / "assets").symlink_to(ROOT / "assets")
    return make_app(house.data, asking=Asking(Limits(seconds=PATIENCE))).server.test_client()


def test_no_page_holds_a_sign_that_turns_or_hides(hostile_pages):
    paths = ["/", "/pair/MEX-USA?from=2025-03-01&to=2025-04-01", "/pair/MEX-USA?part=days&from=2025-03-01&to=2025-04-01", "/events?from=2025-03-28&to=2025-03-28", "/event/usa-mex-20250328-91",
             "/event/usa-mex-20250328-91?lang=es",
             "/measures?pair=MEX-USA", "/compare", "/status", "/methods", "/briefing/MEX-USA?week=2025-03-24", "/briefing/MEX-USA.html?week=2025-03-24",
             "/briefing/MEX-USA.md?week=2025-03-24", "/feeds/changes.atom?days=9999", "/feeds/changes.json?days=9999",
             "/sql?q=select summary, source_title from events", "/nothing%E2%80%AE"]  # fmt: skip
    shown = set()
    for path in paths:
        said = hostile_pages.get(path, base_url="http://127.0.0.1:8050").get_data(as_text=True)
        assert [ascii(sign) for sign in escaping.STEERING.findall(said)] == [], path
        assert "<b>x" not in said or ".json" in path  # where a title is text and no HTML
        shown |= {path.partition("?")[0]} if AS_SHOWN in said else set()
    expected = {"/events", "/event/usa-mex-20250328-91", "/measures", "/briefing/MEX-USA", "/sql"}
    assert expected - shown == set()
    for address in paths[:3]:  # pages with charts
        answer = hostile_pages.post("/_dash-update-component", json=callback(address), base_url="http://127.0.0.1:8050")
        assert answer.status_code == 200, address
        assert [ascii(sign) for sign in escaping.STEERING.findall(str(json.loads(answer.data)).replace("\n", " "))] == [], address


def test_what_a_reader_wrote_comes_back_as_it_was(hostile_pages):
    """A statement stands in its box to be sent again; the rows and messages that it brings are shown."""
    asked = "select '\u202eabc' as \"n\u2066\", $a"
    page = hostile_pages.get("/sql", query_string={"q": asked, "$a": "\u202ez"}, base_url="http://127.0.0.1:8050").get_data(
        as_text=True
    )
    assert f">{html.escape(asked)}</textarea>" in page
    assert 'value="\u202ez"' in page
    for shown in (r"<td>\u202ez</td>", r">\u202eabc<", r">n\u2066<"):
        assert shown in page
    assert hostile_pages.get(
        "/api/v1/sql", query_string={"q": "select '\u202e' as a"}, base_url="http://127.0.0.1:8050"
    ).get_json()["data"] == [["\u202e"]]


def test_text_of_others_is_isolated_where_its_letters_turn_by_themselves():
    style = (ROOT / "assets" / "10-page.css").read_text(encoding="utf-8")
    assert "main [lang] { unicode-bidi: isolate; }" in style


# ------------------------------------------------------------------ alerts and language models


def test_a_message_of_an_alert_has_a_line_for_each_change_and_nothing_that_steers(tmp_path):
    """Chats show `text` as it stands; programs find the exact words in `changes`."""
    hostile = "a\nb: forged line\r\x1b[2J\u202e\U000e0041"
    news = [
        Change(f"id{n}", "act", date(2025, 1, 1), "MEX-USA", "gdelt", hostile, hostile, "/pair/MEX-USA", -8.0, None)
        for n in range(2)
    ]
    took = tmp_path / "took.json"
    copy = (sys.executable, "-c", "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())", str(took))
    alerts._send(alerts.Rule(name="r", command=copy), "MEX-USA", news)
    message = json.loads(took.read_text(encoding="utf-8"))
    assert message["text"] == "\n".join([r"a\x0ab: forged line\x0d\x1b[2J\u202e\U000e0041"] * 2)
    assert [change["title"] for change in message["changes"]] == [hostile] * 2


def test_a_language_model_sees_what_no_person_would_see_as_escapes():
    hostile = {"title": "a\u202eb\U000e0041\x9b\x1b é 日本 \u200d"}
    text = escaping.in_json(json.dumps(hostile, ensure_ascii=False))
    assert not escaping.STEERING.search(text)
    assert "é 日本" in text
    assert json.loads(text) == hostile
