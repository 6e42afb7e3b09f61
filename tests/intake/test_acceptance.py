"""Accepted acts move balance, ledger, feed and briefing by exactly themselves at the next refresh; before it nothing moves, and undo takes them back."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bilateral.intake import accepted, queue, store
from bilateral.intake.decisions import Reviewer
from bilateral.web.app import make_app
from made_proposals import BOTH, item, put_made
from material import ROOT, same_rows

from .site import Reply

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
    return Reviewer(house.data, "ana")


def rss(*sentences: str, lang: str) -> bytes:
    """A made feed of one entry for each sentence, published on that day at noon."""
    entries = "".join(
        f"<item><title>Made: {sentence}</title><guid>made-{lang}-{number}</guid><pubDate>Sun, 30 Mar 2025 12:00:00 GMT</pubDate>"
        f"<link>https://made.example.org/{lang}/{number}</link><description>{sentence}</description></item>"
        for number, sentence in enumerate(sentences)
    )
    return f"<rss version='2.0'><channel><title>Made</title><language>{lang}</language>{entries}</channel></rss>".encode()


ACTS = {
    "The United States sent economic aid to Mexico.": (
        "071",
        "Made: the United States sends aid.",
        "Hecho: EE. UU. envía ayuda.",
    ),
    "The United States imposed tariffs on Mexico.": ("163", "Made: US tariffs on Mexico.", "Hecho: aranceles a México."),
    "México impuso aranceles a Estados Unidos.": ("163", "Made: Mexican tariffs.", "Hecho: aranceles de México."),
}
"""What is accepted of it: sentence, code, and both sentences that a person writes."""


@pytest.fixture
def two_sources(site):
    """A feed of a ministry and one of the press, on loopback; a sentence of the second is of no configured pair."""
    english, spanish = (
        [text for text in ACTS if text.startswith("The")],
        [text for text in ACTS if not text.startswith("The")],
    )
    site.say("/ministry", Reply(rss(*english, lang="en"), headers={"Content-Type": "application/rss+xml"}))
    site.say("/press", Reply(rss(*spanish, "Francia criticó a Alemania.", "México agradeció a Estados Unidos.", lang="es")))
    return [
        replace(site.source("/ministry", authority="USA/State"), id="made-ministry"),
        replace(site.source("/press", language="es"), id="made-press"),
    ]


def test_a_refresh_with_two_sources_shows_proposals_and_what_is_accepted_moves_the_record_by_exactly_that(
    house, reviewer, two_sources
):
    before = shown(house)
    outcome = house.refresh(intake=two_sources)
    assert outcome.exit_code == 0
    assert "5 items coded: 4 new for review, 1 of no configured pair left out" in outcome.message
    assert same(shown(house), before)
    front = make_app(house.data).server.test_client().get("/").text
    assert "4 proposals from published pages await review" in front
    assert all(f"Made: {sentence}" in front for sentence in ACTS)
    assert front.count("not reviewed") >= len(ACTS)
    with queue.reading(house.data) as connection:
        numbers = {entry.proposal.evidence: entry.number for entry in queue.entries(connection)}
    accepted_as = {}
    for sentence, (code, english, spanish) in ACTS.items():
        given = {"cameo_code": code, "summary": english, "summary_es": spanish}
        accepted_as[reviewer.accept(numbers[sentence], given)] = sentence
    path = house.data / "inbox" / accepted.ACTS
    path.unlink()
    path.mkdir()
    outcome = house.refresh()
    assert outcome.exit_code == 0
    assert "accepted acts were not brought up to date: " in outcome.message
    assert "reviewed.csv is a folder and no file" in outcome.message
    path.rmdir()
    outcome = house.refresh()
    assert (outcome.exit_code, outcome.added) == (0, 3)
    after = shown(house)
    assert {row[0]: row[1:3] for row in set(after.events) - set(before.events)} == {
        event_id: ACTS[sentence][1:] for event_id, sentence in accepted_as.items()
    }
    assert set(before.events) < set(after.events)
    assert [row[0] for row in after.ledger] == sorted([*accepted_as, *(row[0] for row in before.ledger)])
    parts = dict(house.rows(f"select event_id, contribution from ({LEDGER}) as ledger"))
    assert sum(parts.values()) == pytest.approx(after.balance)
    assert {ACTS[sentence][0]: parts[event_id] > 0 for event_id, sentence in accepted_as.items()} == {"071": True, "163": False}
    assert len(set(after.feed) - set(before.feed)) == 3
    assert set(before.feed) < set(after.feed)
    for _, english, _ in ACTS.values():
        assert (english in after.briefing, english in before.briefing) == (True, False)
    assert (after.known_then, after.known_today) == (before.known_then, before.known_today + 3)
    front = make_app(house.data).server.test_client().get("/").text
    assert "1 proposal from published pages awaits review" in front
    for sentence in ACTS:
        assert reviewer.undo(numbers[sentence]).kind == "accept"
    outcome = house.refresh()
    assert (outcome.exit_code, outcome.removed) == (0, 3)
    assert same(shown(house), before)
    ids = ", ".join(f"'{event_id}'" for event_id in accepted_as)
    assert set(house.rows(f"select event_id, field, old, new, reason from revisions where event_id in ({ids})")) == {
        (event_id, "event", "there", "gone", "reports removed") for event_id in accepted_as
    }


def same(one: Shown, other: Shown) -> bool:
    return same_rows(one.ledger, other.ledger) and (one.events, one.feed, one.briefing) == (
        other.events,
        other.feed,
        other.briefing,
    )


def test_the_next_snapshot_tells_what_awaits_review_and_how_often_the_coder_was_right(house, reviewer):
    def front(lang: str = "en") -> str:
        return make_app(house.data).server.test_client().get(f"/?lang={lang}").text

    put_made(house.data, "1", "2", "3")
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
