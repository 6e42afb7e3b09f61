"""One verdict on one number: the tables decide, and every page, file and program says the same."""

import re
from datetime import date

import pytest

from bilateral.pages import sentences
from bilateral.strings import texts
from bilateral.web.app import make_app
from material import ROOT

PARTS = (("balance", "state"), ("intensity", "state"), ("words", "words_state"), ("deeds", "deeds_state"))


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.mark.parametrize(("name", "state"), PARTS)
def test_thin_or_partial_comes_before_what_the_band_holds(snapshot, name, state):
    wrong = snapshot.execute(f"""
        select count(*) from indicator_day where {name}_verdict is distinct from case
            when {state} <> 'ok' then {state}
            when 0 between {name}_low and {name}_high then 'undecided'
            when {name} > 0 then 'cooperation' else 'friction' end
    """).fetchone()
    assert wrong == (0,)
    kinds = dict(snapshot.execute(f"select {name}_verdict, count(*) from indicator_day group by 1").fetchall())
    assert {"thin", "partial", "undecided"} <= kinds.keys()


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("pair", ["MEX-USA", "COL-USA", "USA-VEN", "PAN-USA"])
@pytest.mark.parametrize("day", ["2025-03-30", "2026-01-04"])
def test_sentence_tile_chart_briefing_and_api_say_the_same(client, snapshot, lang, pair, day):
    (verdict, value) = snapshot.execute(
        "select balance_verdict, balance from indicator_day where dataset = 'chronology' and dyad = ? and day = ?", [pair, day]
    ).fetchone()
    text = texts(lang)
    page = re.sub(r"<[^>]+>", " ", client.get(f"/pair/{pair}?to={day}&lang={lang}&by=week").text)
    if value is not None:
        said = text(f"verdicts.{verdict}")
        sentence, tile, chart = f": {said}.", f" {said} ", f"({said})"
        assert [part for part in (sentence, tile, chart) if part not in page] == []
    told = client.get(f"/briefing/{pair}?week={day}&lang={lang}").text
    if value is not None and date.fromisoformat(day).weekday() == 6:
        assert f"), {text(f'verdicts.{verdict}')}" in told
    rows = client.get(f"/api/v1/series?dyad={pair}&by=week&to={day}").get_json()["data"]
    api = client.get(f"/api/v1/dyads?day={day}").get_json()["data"]
    assert next(row["verdict"] for row in api if row["dyad"] == pair) == verdict
    weeks = [
        row
        for page in range(1, 9)
        for row in client.get(f"/api/v1/series?dyad={pair}&by=week&to={day}&from=2025-01-01&page={page}").get_json()["data"]
    ]
    assert rows
    assert [row["balance_verdict"] for row in weeks if row["day"] == day] == [verdict]


@pytest.mark.parametrize(
    ("state", "low", "high", "said"),
    [
        ("ok", -5, 5, "no_change"),
        ("ok", 1, 5, "change"),
        ("thin", 1, 5, "thin"),
        ("partial", -5, 5, "partial"),
        ("preliminary", 1, 2, "preliminary"),
    ],
)
def test_a_change_says_thin_before_anything_else(state, low, high, said):
    row = {"momentum_state": state, "momentum_low": low, "momentum_high": high}
    assert sentences.of_change(row) == said
    for lang in ("en", "es"):
        assert texts(lang)(f"verdicts.{said}")


OTHER_WORDINGS = (
    "no clear side",
    "told from balanced",
    "told from no ",
    "sin lado claro",
    "distingue del equilibrio",
    "distingue de ningun",
)


def test_no_text_has_another_wording_of_a_verdict():
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").glob("*.ipynb")]
    files += [
        path
        for folder in ("dashboard", "queries", "seeds")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".toml", ".py", ".sql", ".md")
    ]
    assert len(files) > 200
    found = [(path.name, said) for path in files for said in OTHER_WORDINGS if said in " ".join(path.read_text("utf-8").split())]
    assert found == []
