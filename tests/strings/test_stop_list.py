"""Phrases that readers had to read twice stand in no text, no help and no page, in neither language."""

import re
from html import unescape

import pytest
import typer

from bilateral.__main__ import app
from bilateral.pages import methods
from bilateral.strings import LANGS, texts
from bilateral.web.app import make_app
from material import ROOT

STOPPED = {
    "en": (
        *(
            "is on record",
            "are on record",
            "words of cooperation",
            "words of friction",
            "deeds of",
            "deeds alone",
            "words or deeds",
            "words and deeds",
            "in words or in deeds",
        ),
        *("be told from", "cannot be told", "not to be told", "nothing is claimed", "may be claimed", "on the side of friction"),
        *("in hand", "without its story", "acts are counted", "duplicates merged", "left out everywhere"),
        *("as known on", "that chance would give", "counts half", "move through", "in each eighth", "acts on whom", "two doers"),
        *("is made of", "still counts", "take it with you", "from here", "that tell it", "set to come", "what is set"),
        *("changed state", "how sure", "answers whom", "nobody has compared", "what there is", "previous sheet", "next sheet"),
        *("coded attention", "one row goes", "the way of one row", "takes them anew", "load, indicate", "tell what is where"),
        *("draws other events", "takes a free one", "one select is needed", "point different ways", "your articles", "loudness"),
        *("how it stands", "who answers", "made worlds", "weight that is left", "the kinder of the two", "stands still"),
        *(
            "strongest act",
            "acts are on",
            "thin evidence, no claim",
            "no clear side",
            "show the events of this point",
            "what more or less evidence does",
            "another word draws",
            "how acts are",
            "memory (90",
            "in force after it",
        ),
        *("that changed state", "acts of these", "refusal to extend", "be told here"),
    ),
    "es": (
        *("no se distingue de", "dichos", "en hechos de", "hechos de fricción", "hechos de cooperación", "actos registrados"),
        *(
            "historias",
            "sin lado claro",
            "sin inclinación clara",
            "como se sabía",
            "para llevar",
            "qué tan seguro, y",
            "a quién, y",
        ),
        *("quién responde a quién", "medidas de política", "hoja anterior", "hoja siguiente", "hojas de la lista", "está hecho"),
        *("de qué se compone", "que daría el azar", "cuenta la mitad", "desvanecimiento", "aún cuenta"),
        *("desde aquí", "lo que hay", "atención codificada", "quién actúa sobre", "se afirma", "puede afirmarse", "hacer ruido"),
        *("apuntan en distinto sentido", "lo fijado", "mundos hechos", "filas de máquina", "cambiaron de estado"),
        *("memoria (", "usa → mex", "mex → usa", "vigentes en historias", "ningún cambio se"),
    ),
}
"""Lower case; a phrase is looked for as whole words."""
DOCS = (
    *("method", "sql", "operations", "architecture", "extending", "sources", "security", "tests", "index"),
    *("intake", "review", "coder", "validation"),
)
"""Pages of docs/ that are read; the changelog and the decisions tell of what was."""
PAGES = (
    *(
        "/",
        "/pair/MEX-USA",
        "/pair/MEX-USA?part=days",
        "/pair/MEX-USA?part=checks",
        "/pair/COL-USA",
        "/pair/SLV-USA?from=2025-01-01",
    ),
    *("/pair/MEX-USA?to=2025-03-30&at=2025-03-30&view=table", "/pair/MEX-USA?event=usa-mex-20250328-01&to=2025-03-28"),
    *("/pair/MEX-USA?indicator=tension&as_of=2025-04-01", "/pair/MEX-USA?mutual=both&score=plover&vs=year", "/pair/FRA-MEX"),
    *("/events?pair=MEX-USA", "/events?q=nosuchword", "/event/usa-mex-20250328-01", "/measures", "/compare", "/briefing/MEX-USA"),
    *("/methods", "/status", "/sql", "/nowhere"),
)


def stopped(told: str, lang: str) -> list[str]:
    """The phrases of a language's list that a text has."""
    return [phrase for phrase in STOPPED[lang] if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", told.lower())]


def shown(page: str) -> str:
    """What a reader sees of a page: no scripts, no code, nothing that says that it is in another language, as titles of sources do."""
    for hidden in (r"<(script|style|pre|code|textarea)\b.*?</\1>", r'<(a|span|h1)\b[^>]*\blang="\w+"[^>]*>.*?</\1>'):
        page = re.sub(hidden, " ", page, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


def test_a_phrase_is_found_as_whole_words():
    assert stopped("What the value IS MADE OF.", "en") == ["is made of"]
    assert stopped("indeeds, en entredichos", "en") == stopped("entredichos", "es") == []


@pytest.mark.parametrize("lang", LANGS)
def test_texts_have_none(lang):
    assert {key: found for key, text in texts(lang).flat().items() if (found := stopped(text, lang))} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_percentages_are_written_in_one_way(lang):
    assert [key for key, text in texts(lang).flat().items() if re.search(r"[\d}]\s%", text)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_indicators_say_has_none(lang):
    headers = {
        query.name: " ".join(methods.told(query, lang).values()) for query in methods.known().values() if "title" in query.fields
    }
    assert len(headers) > 10
    assert {name: found for name, told in headers.items() if (found := stopped(told, lang))} == {}


def test_the_help_of_commands_has_none():
    group = typer.main.get_command(app)

    def help_of(command, context) -> list[str]:
        named = getattr(command, "commands", {})
        below = [told for name, one in named.items() for told in help_of(one, typer.Context(one, info_name=name, parent=context))]
        return [command.get_help(context), *below]

    told = help_of(group, typer.Context(group, info_name="bilateral"))
    assert len(told) > 15
    assert [found for text in told if (found := stopped(text, "en"))] == []


def test_what_the_api_says_of_itself_has_none(client):
    told = re.findall(r'"(?:description|summary|title)": ?"((?:[^"\\]|\\.)*)"', client.get("/api/v1/openapi.json").text)
    assert len(told) > 100
    assert [text for text in told if stopped(text, "en")] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", *(f"docs/{name}.md" for name in DOCS)])
def test_docs_have_none(name):
    written = re.sub(r"(?s)```.*?```|`[^`]*`", " ", (ROOT / name).read_text(encoding="utf-8"))
    assert stopped(" ".join(written.split()), "en") == []


@pytest.mark.parametrize("name", ["method", "validation"])
def test_spanish_docs_have_none(name):
    written = re.sub(r"`[^`]*`", " ", (ROOT / "docs" / "es" / f"{name}.md").read_text(encoding="utf-8"))
    assert stopped(" ".join(written.split()), "es") == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("path", PAGES)
def test_pages_have_none(client, path, lang):
    answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert len(shown(answer.text)) > 200
    assert stopped(shown(answer.text), lang) == []
