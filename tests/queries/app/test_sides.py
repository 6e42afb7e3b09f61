"""From whom acts are known: outlets have a side, acts of a pair a leading one, and every value can be had without it."""

import re
from datetime import date

import pytest

from bilateral.ask import event_lists
from bilateral.web.app import make_app

WHOLE = (date(2016, 11, 9), date(2026, 8, 19))
MEXICO = "government of MEX"


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


def test_an_outlet_has_the_side_of_its_own_line_then_of_its_kind_else_it_is_press(run_model):
    sides = """
    kind        outlet             side        country
    government  null               government  null
    wire        null               agency      null
    null        supremecourt.gov   court       USA
    null        menafn.com         other       null
    """
    outlets = """
    outlet                kind        country
    gob.mx                government  MEX
    reuters.com           wire        GBR
    www2.supremecourt.gov  government  USA
    menafn.com            online      null
    nobody-listed.example  null        null
    """
    assert run_model("staging.source_sides", raw_source_sides=sides, staging_outlets=outlets) == [
        "gob.mx government MEX",
        "menafn.com other null",
        "nobody-listed.example press null",
        "reuters.com agency null",
        "www2.supremecourt.gov court USA",
    ]  # fmt: skip


def test_the_leading_side_of_the_united_states_and_mexico_is_one_government(warehouse):
    rows = event_lists.sides(warehouse, "chronology", "MEX-USA", "all", date(2024, 10, 1), WHOLE[1])
    assert rows["share"].sum() == pytest.approx(1)
    assert (rows["source_side"].iloc[0], int(rows["n_events"].iloc[0]), int(rows["n_events"].sum())) == (MEXICO, 158, 277)
    assert rows["n_events"].is_monotonic_decreasing


def test_a_government_of_neither_country_is_another_state_and_acts_without_a_page_have_no_side(snapshot):
    sides = {
        row[0] for row in snapshot.execute("select distinct source_side from events where dataset = 'chronology'").fetchall()
    }
    assert {MEXICO, "government of USA", "press", "agency", "other", None} <= sides
    wrong = snapshot.execute(
        "select event_id from events where source_side like 'government of %' and right(source_side, 3) not in (source_country, target_country)"
    ).fetchall()
    assert wrong == []


def test_values_without_a_side_are_those_of_the_acts_that_are_left(snapshot):
    """By hand: sign and age of every act that the side does not tell, on one day."""
    day = "date '2025-03-28'"
    s, n = snapshot.execute(f"""
        select sum(pow(2, -date_diff('day', event_day, {day}) / 90e0) * sign), sum(pow(2, -date_diff('day', event_day, {day}) / 90e0))
        from events
        where dataset = 'chronology' and dyad = 'MEX-USA' and event_day <= {day} and source_side is distinct from '{MEXICO}'
    """).fetchone()
    (balance,) = snapshot.execute(
        f"select balance from series_without('chronology', 'MEX-USA', 'all', 90, '{MEXICO}') where day = {day}"
    ).fetchone()
    assert balance == pytest.approx(100 * s / (n + 1.96**2), abs=1e-9)
    plain, none = (
        snapshot.execute(f"select balance from {call} where day = {day}").fetchone()[0]
        for call in ("series('chronology', 'MEX-USA', 'all', 90)", "series_without('chronology', 'MEX-USA', 'all', 90, 'nobody')")
    )
    assert none == pytest.approx(plain, abs=1e-12)
    assert abs(balance - plain) > 1


def test_the_page_names_the_leading_side_and_the_values_without_it_are_one_click_away(client):
    page = client.get("/pair/MEX-USA").text
    assert "% of the events in this date range come from one type of source: official pages of the government of Mexico." in page
    assert 'href="?without=side"' in page
    without = client.get("/pair/MEX-USA?without=side&lang=es").text
    assert "Los valores y los intervalos excluyen los eventos de páginas oficiales del gobierno de México" in without
    assert 'id="table-ledger"' not in without
    assert client.get("/pair/MEX-USA?without=side&mutual=none").text.count('id="side"') == 1


def test_the_api_has_sides_and_series_without_one(client):
    found = client.get("/api/v1/sides?dyad=MEX-USA&from=2024-10-01").json["data"]
    assert (found[0]["source_side"], found[0]["n_events"]) == (MEXICO, 158)
    address = "/api/v1/series?dyad=MEX-USA&by=day&from=2025-03-28&to=2025-03-28"
    plain, without = (client.get(address + more).json["data"][0]["balance"] for more in ("", "&without=government+of+MEX"))
    assert plain != without
    assert client.get(address + "&without=press&mutual=none").status_code == 400
    row = client.get("/api/v1/ledger?dyad=MEX-USA&day=2025-03-28&top=1").json["data"][0]
    assert {"source_side", "verified", "summary_es"} <= row.keys()


def test_an_act_without_a_seen_page_says_so_and_speaks_spanish_where_it_can(client):
    page = client.get("/event/usa-mex-20250120-04").text
    assert "no source page was seen" in page
    assert "not recorded" in page  # nobody wrote down when it was entered
    spanish = client.get("/event/usa-mex-20250120-04?lang=es").text
    assert re.search(r'<h1 [^>]*lang="es"[^>]*>El día de su investidura Trump dice', spanish)
    imported = client.get("/event/newsnation-20250328-07?lang=es").text
    assert re.search(r'<h1 [^>]*lang="es"[^>]*>Noem viaja a la Ciudad de México', imported)
    listed = client.get("/pair/MEX-USA?from=2025-01-01&to=2025-01-31&at=2025-01-20").text
    assert "(source page not seen)" in listed


def test_the_register_page_tells_announced_in_effect_last_seen_and_contested(client):
    page = client.get("/measures?pair=MEX-USA").text
    assert "in force as last recorded on" in page
    assert "last confirmed on" in page
    assert "disputed or unclear:" in page
    assert "suit of 25 states" in page


def test_known_since_is_what_a_source_recorded(warehouse):
    assert event_lists.reports(warehouse, "usa-mex-20250328-01")["added_at"].isna().all()
