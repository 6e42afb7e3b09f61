"""An accepted act moves balance, ledger, feed and briefing by exactly itself at the next refresh; before it nothing moves, and undo takes it back."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from bilateral.intake import accepted, queue, store
from bilateral.intake.decisions import Reviewer
from bilateral.web.app import make_app
from made_proposals import BOTH, item, put_made
from material import ROOT, same_rows

ID, DAY = "usa-mex-20250330-r01", date(2025, 3, 30)
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
    path = house.data / "inbox" / accepted.ACTS
    path.unlink()
    path.mkdir()
    outcome = house.refresh()
    assert outcome.exit_code == 0
    assert "accepted acts were not brought up to date: " in outcome.message
    assert "reviewed.csv is a folder and no file" in outcome.message
    path.rmdir()
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


def test_the_next_snapshot_tells_what_awaits_review_and_how_often_the_coder_was_right(house, reviewer):
    def front(lang: str = "en") -> str:
        return make_app(house.data).server.test_client().get(f"/?lang={lang}").text

    assert "awaits review" not in front()
    house.refresh()
    assert "3 proposals from published pages await review" in front()
    assert "Made: item 1" in front()
    assert "3 propuestas tomadas de páginas publicadas esperan revisión" in front("es")
    methods = make_app(house.data).server.test_client().get("/methods").text
    assert "No proposal of the intake has been accepted or rejected yet." in methods
    reviewer.accept(1, BOTH)
    measure = {"measure_id": "usa-mex-made", "measure_name": "Made tariff", "instrument": "tariff", "scope": "bilateral"}
    measure |= {"cameo_code": "1312", "state": "announced", "is_in_force": "no", "rate_percent": "25"}
    reviewer.accept(2, BOTH | measure)
    reviewer.undo(2)
    reviewer.accept(2, BOTH | measure)
    reviewer.reject(3, "no act")
    house.refresh()
    assert "await review" not in front()
    assert house.rows("select number, dyad, state, is_as_proposed, event_id from proposals order by 1") == [
        (1, "MEX-USA", "accepted", True, ID),
        (2, "MEX-USA", "accepted", False, "usa-mex-20250330-r03"),
        (3, "MEX-USA", "rejected", None, None),
    ]
    assert house.rows("select measure_id, state, rate_percent, event_id, imposing_country from measures") == [
        ("usa-mex-made", "announced", 25, "usa-mex-20250330-r03", "USA")
    ]
    assert house.rows("select kind, who, is_standing from decisions order by number") == [
        ("accept", "ana", True), ("accept", "ana", False), ("undo", "ana", False), ("accept", "ana", True), ("reject", "ana", True),
    ]  # fmt: skip
    columns = "n_proposals, n_open, n_merged, n_as_proposed, n_edited, n_rejected, n_judged, round(rate, 2), round(rate_low, 1), round(rate_high, 1)"
    wilson = (33.33, 6.1, 79.2)  # of 1 in 3
    assert house.rows(f"select backend, source, {columns} from coder_precision order by source") == [
        ("made 1", "all", 3, 0, 0, 1, 1, 1, 3, *wilson),
        ("made 1", "made-press", 3, 0, 0, 1, 1, 1, 3, *wilson),
    ]
    methods = make_app(house.data).server.test_client().get("/methods?lang=es").text
    assert "33.3% (6.1–79.2)" in methods
    assert house.refresh().message.startswith("nothing new")


def test_items_that_no_coder_has_read_are_coded_by_a_refresh_once(house):
    text = "The United States imposed tariffs on Mexico on Thursday. Canada imposed sanctions on Narnia."
    with queue.writing(house.data) as connection:
        repeated = item(
            "3", "Noem meets Sheinbaum in Mexico City on migration.", published_at=datetime(2025, 3, 28, 12, tzinfo=UTC)
        )
        store.add(connection, [item("1", text), item("2", "Nothing happened."), repeated])
    assert "3 items coded: " in house.refresh().message
    with queue.reading(house.data) as connection:
        found = queue.entries(connection)
    told = [(one.title, one.proposal.source_country, one.proposal.target_country, one.proposal.on_record) for one in found]
    assert told[0] == ("Made: item 1", "USA", "MEX", "")
    assert {(title, on_record) for title, _, _, on_record in told[1:]} == {("Made: item 3", "usa-mex-20250328-01")}
    assert found[0].proposal.cameo_code.startswith("163")
    assert house.rows("select evidence, state from proposals where on_record = ''") == [
        ("The United States imposed tariffs on Mexico on Thursday.", "open")
    ]
    assert house.refresh().message.startswith("nothing new")
