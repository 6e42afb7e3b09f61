"""An accepted act moves balance, ledger, feed and briefing by exactly itself at the next refresh; before it nothing moves, and undo takes it back."""

import json
from dataclasses import dataclass
from datetime import date

import pytest

from bilateral.intake.decisions import Reviewer
from bilateral.web.app import make_app
from made_proposals import BOTH, put_made
from material import ROOT, same_rows

ID, DAY = "usa-mex-20250330-01", date(2025, 3, 30)
LEDGER = "from ledger('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-30') order by event_id"
BALANCE = "select balance from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and domain = 'all' and day = '2025-03-30'"
AS_KNOWN = "select n_events from series_as_of('chronology', 'MEX-USA', 'all', 90, date '{}') where day = '2025-03-30'"


@dataclass(frozen=True)
class Shown:
    """What readers see of the pair on that day."""

    events: list[tuple]
    balance: float
    ledger: list[tuple]
    feed: dict[str, str]
    briefing: str
    known_then: int
    known_today: int


def shown(house) -> Shown:
    web = make_app(house.data).server.test_client()
    feed = json.loads(web.get("/feeds/MEX-USA.json").data)["items"]
    ((balance,),) = house.rows(BALANCE)
    (then,), (today,) = (house.rows(AS_KNOWN.format(day))[0] for day in ("2025-12-31", "2999-01-01"))
    return Shown(
        house.rows("select event_id, summary, summary_es, domain, url, verified from events order by all"),
        balance,
        house.rows(LEDGER),
        {item["id"]: item["content_text"] for item in feed},
        web.get("/briefing/MEX-USA.md?week=2025-03-24").text,
        then,
        today,
    )


@pytest.fixture
def reviewer(house):
    (house.tree / "assets").symlink_to(ROOT / "assets")
    put_made(house.data, "1", "2", "3")
    return Reviewer(house.data, "ana")


def test_only_what_was_accepted_moves_the_record_and_undo_takes_it_back(house, reviewer):
    before = shown(house)
    house.refresh()
    assert same(shown(house), before)
    assert reviewer.accept(1, BOTH) == ID
    reviewer.reject(2, "no act")
    outcome = house.refresh()
    assert (outcome.exit_code, outcome.added) == (0, 1)
    after = shown(house)
    (act,) = set(after.events) - set(before.events)
    assert act == (ID, BOTH["summary"], BOTH["summary_es"], "trade", "https://news.example.org/1", "search")
    assert set(before.events) < set(after.events)
    assert [row[0] for row in after.ledger] == sorted([ID, *(row[0] for row in before.ledger)])
    contribution = house.rows(f"select contribution, without_story from ({LEDGER}) as ledger where event_id = '{ID}'")[0]
    assert contribution[0] > 0
    assert contribution[1] == pytest.approx(before.balance, abs=1e-9)
    assert sum(row[0] for row in house.rows(f"select contribution from ({LEDGER}) as ledger")) == pytest.approx(after.balance)
    assert len(set(after.feed) - set(before.feed)) == 1
    assert BOTH["summary"] in after.briefing
    assert BOTH["summary"] not in before.briefing
    assert (after.known_then, after.known_today) == (before.known_then, before.known_today + 1)
    assert reviewer.undo(1).kind == "accept"
    outcome = house.refresh()
    assert (outcome.exit_code, outcome.removed) == (0, 1)
    assert same(shown(house), before)
    assert house.rows(f"select field, old, new, reason from revisions where event_id = '{ID}'") == [
        ("event", "there", "gone", "reports removed")
    ]


def same(one: Shown, other: Shown) -> bool:
    return same_rows(one.ledger, other.ledger) and (one.events, one.feed, one.briefing) == (
        other.events,
        other.feed,
        other.briefing,
    )
