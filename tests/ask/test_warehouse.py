"""What pages ask: a series that is not kept is computed once for a pair and both directions, and gives the rows of the statement that is shown."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from bilateral import formats
from bilateral.ask import event_lists, time_series, warehouse
from bilateral.ask.scopes import Scope
from bilateral.frames import rowwise
from bilateral.pages.site import Site
from bilateral.web.site_map import page_of

MACROS = (
    "series('chronology', '{dyad}', 'trade', 30{more})",
    "series_mutual('chronology', '{dyad}', 'all', 90, 'coded'{more})",
    "series_chosen('chronology', '{dyad}', 'all', 90, null, 'plover', 'equal', 'coded'{more})",
    "series_as_of('chronology', '{dyad}', 'all', 90, date '2025-03-28'{more})",
)
SCOPES = (
    Scope("chronology", "MEX-USA", "trade", 30, is_kept=False),
    Scope("chronology", "MEX>USA", "trade", 30, is_kept=False),
    Scope("chronology", "USA>MEX", "all", 90, is_kept=True, mutual="none"),
    Scope("chronology", "USA>MEX", "all", 90, is_kept=True, mutual="coded", level="raw", score="sign"),
    Scope("chronology", "COL-USA", "all", 90, is_kept=True, as_of=date(2025, 3, 28)),
    Scope("chronology", "USA>MEX", "migration", 90, is_kept=False, is_compared=True),
)


@pytest.mark.parametrize("macro", MACROS)
def test_directions_of_a_pair_come_with_it_as_they_come_alone(snapshot, macro):
    together = macro.format(dyad="MEX-USA", more=", for_directions := true")
    alone = " union all ".join(f"from {macro.format(dyad=dyad, more='')}" for dyad in ("MEX-USA", "MEX>USA", "USA>MEX"))
    rows = [snapshot.execute(f"from ({asked}) order by dyad, day").df() for asked in (f"from {together}", alone)]
    assert len(rows[0]) > 3000
    pd.testing.assert_frame_equal(*rows, rtol=0, atol=1e-9)  # sums are taken in another order


@pytest.mark.parametrize("scope", SCOPES)
def test_the_statement_that_is_shown_gives_the_rows_that_are_drawn(warehouse, snapshot, scope):
    rows = time_series.series(warehouse, scope, "week", date(2024, 1, 1), date(2025, 3, 1))
    shown = snapshot.execute(rows.attrs["sql"]).df()
    assert len(rows) > 50
    assert "for_directions" not in rows.attrs["sql"]
    pd.testing.assert_frame_equal(rows, shown)


@pytest.mark.parametrize("scope", [scope for scope in SCOPES if scope.dyad != "COL-USA"])
def test_a_pair_and_its_directions_are_asked_at_once_and_are_what_each_gives_alone(warehouse, scope):
    scopes = [replace(scope, dyad=dyad) for dyad in ("USA>MEX", "MEX-USA", "MEX>USA")]
    asked = "month", date(2024, 1, 1), date(2025, 3, 1)
    together, stood = (
        time_series.series_of(warehouse, scopes, *asked),
        time_series.standing_of(warehouse, scopes, date(2025, 3, 1)),
    )
    assert list(together) == list(stood) == [one.dyad for one in scopes]
    for one in scopes:
        alone = time_series.series(warehouse, one, *asked)
        assert len(alone) > 12
        pd.testing.assert_frame_equal(_plain(together[one.dyad]), _plain(alone))
        assert together[one.dyad].attrs == alone.attrs
        stood_alone = time_series.standing_of(warehouse, [one], date(2025, 3, 1))[one.dyad].dropna()
        # sums are taken in another order
        pd.testing.assert_series_equal(stood[one.dyad].dropna(), stood_alone, check_names=False, rtol=0, atol=1e-9)


@pytest.mark.parametrize("scope", SCOPES)
def test_the_balance_alone_and_what_tiles_say_are_those_of_the_whole_series(warehouse, scope):
    asked = "week", date(2019, 1, 1), date(2025, 3, 1)
    whole, drawn = (time_series.series(warehouse, scope, *asked, full=full) for full in (True, False))
    assert set(time_series.SHOWN) < set(drawn.columns) < set(whole.columns)
    pd.testing.assert_frame_equal(_plain(drawn), _plain(whole[drawn.columns]), rtol=0, atol=1e-9)
    full, said = (time_series.standing_of(warehouse, [scope], date(2025, 3, 1), full=full)[scope.dyad] for full in (True, False))
    pd.testing.assert_series_equal(said, full[said.index], rtol=0, atol=1e-9)


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """With None for whatever is missing: a column of NULL alone has no type of its own."""
    return rows.astype(object).where(rows.notna(), None)


def test_a_pair_without_rows_is_none_beside_pairs_that_have_some(warehouse):
    scopes = [Scope("articles", dyad, "all", 90, is_kept=True) for dyad in ("COL-USA", "SLV-USA", "MEX-USA")]
    stood = time_series.standing_of(warehouse, scopes, date(2025, 3, 26))  # the first report of Colombia is a day later
    assert stood["COL-USA"] is None
    assert [stood[dyad]["dyad"] for dyad in ("SLV-USA", "MEX-USA")] == ["SLV-USA", "MEX-USA"]


@pytest.mark.parametrize(
    ("words", "domain", "kind"),
    [("", "all", "all"), ("Tariff", "all", "all"), ("arancel", "trade", "all"), ("méxico", "all", "material friction")],
)
def test_counts_by_kind_and_subject_are_of_the_events_that_match(warehouse, words, domain, kind):
    asked = {
        "dataset": "chronology",
        "dyad": "MEX-USA",
        "q": words,
        "from_day": date(2016, 1, 1),
        "to_day": date(2026, 12, 31),
        "gate": "on",
    }
    facets = event_lists.facets(warehouse, **asked, domain=domain, kind=kind)
    assert set(facets["facet"]) <= {"kind", "domain"}
    for row in rowwise(facets):
        narrowed = {"domain": domain, "kind": kind} | {row["facet"]: row["name"]}
        assert event_lists.found(warehouse, 1, **asked, **narrowed, sort="newest", skip=0)["n_found"].iloc[0] == row["n_events"]
    every = event_lists.found(warehouse, 1, **asked, domain=domain, kind=kind, sort="newest", skip=0)
    by_kind = facets[(facets["facet"] == "kind") & ((kind == "all") | (facets["name"] == kind))]
    assert by_kind["n_events"].sum() == (every["n_found"].iloc[0] if len(every) else 0)


def test_rows_one_by_one_are_those_of_pandas(warehouse):
    rows = event_lists.events(warehouse, "chronology", "MEX-USA", "all", date(2025, 1, 1), date(2025, 3, 28))
    assert len(rows) > 20
    for ours, theirs in zip(rowwise(rows), rows.to_dict("records"), strict=True):
        assert list(ours) == list(theirs)
        named = [{name: value for name, value in row.items() if not formats.is_missing(value)} for row in (ours, theirs)]
        assert named[0] == named[1]
        assert [type(value) for value in named[0].values()] == [type(value) for value in named[1].values()]


def test_readers_at_the_same_time_get_their_own_series_also_when_few_can_be_kept(published, snapshot, monkeypatch):
    monkeypatch.setattr(warehouse, "COMPUTED", 2)
    shared = warehouse.Warehouse(published)
    wanted = [(scope, date(2024, month, 1)) for month in (1, 2, 3) for scope in SCOPES[:4]]
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda asked: time_series.series(shared, asked[0], "month", asked[1], date(2025, 3, 1)), wanted))
    for rows in found:
        pd.testing.assert_frame_equal(rows, snapshot.execute(rows.attrs["sql"]).df())


@pytest.mark.parametrize("address", ["/pair/MEX-USA?at=2025-03-28", "/pair/MEX-USA?part=days", "/pair/COL-USA?level=raw", "/"])
def test_a_page_asks_each_of_its_questions_once_also_where_it_asks_several_at_a_time(published, monkeypatch, address):
    asked, site, run = [], Site(published, stale_hours=48), warehouse.run

    def counted(cursor, query, sql, parameters):
        asked.append((query.name, sql, str(parameters)))
        return run(cursor, query, sql, parameters)

    monkeypatch.setattr(warehouse, "run", counted)
    page_of(site, *address.partition("?")[::2])
    assert len(asked) > 8
    assert len(set(asked)) == len(asked)
