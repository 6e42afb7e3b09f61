"""What a refresh says of itself is read in the language of a page; what a system says is quoted."""

import pytest

from bilateral.pages import run_messages
from bilateral.pages.markup import to_html
from bilateral.strings import texts
from bilateral.web.app import make_app

LOADED = "1273 reports (1273 added, 0 removed); files read: 18 (changed: 0)"


def in_spanish(message: str) -> str:
    return to_html(run_messages.told(message, texts("es"))).removeprefix("<span>").removesuffix("</span>")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("nothing new", "nada nuevo"),
        (LOADED, "1273 reportes (1273 agregados, 0 eliminados); archivos leídos: 18 (cambiados: 0)"),
        (
            f"{LOADED}; gdelt: 8 files downloaded, 4 refused, 4 lacking",
            "1273 reportes (1273 agregados, 0 eliminados); archivos leídos: 18 (cambiados: 0); gdelt: 8 archivos descargados, 4 rechazados, faltan 4",
        ),
        ("nothing new; 1 item coded: 0 new for review", "nada nuevo; 1 texto codificado: 0 nuevos por revisar"),
        ("nothing new; 3 items coded: 2 new for review", "nada nuevo; 3 textos codificados: 2 nuevos por revisar"),
        ("nothing was published: the disk is full; run `bilateral prune`", "no se publicó nada: el disco está lleno; ejecute `bilateral prune`"),
        ("nothing was published: a; b", 'no se publicó nada: <q lang="en">a; b</q>'),
        ("a word <b>; nothing new", '<q lang="en">a word &lt;b&gt;</q>; nada nuevo'),
        ("", ""),
    ],
)  # fmt: skip
def test_each_sentence_is_translated_and_what_has_no_translation_is_quoted(message, told):
    assert in_spanish(message) == told


def test_english_pages_have_the_message_as_it_is():
    assert to_html(run_messages.told(LOADED, texts("en"))) == f"<span>{LOADED}</span>"


def test_the_table_of_updates_quotes_nothing_after_a_refresh_of_the_shipped_files(published):
    table = make_app(published).server.test_client().get("/status?lang=es").text.split('id="table-runs"')[1].split("</table>")[0]
    assert "archivos leídos: " in table
    assert "<q" not in table
