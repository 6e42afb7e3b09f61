"""A day's work of an analyst: items come in from two feeds on loopback, every proposal is decided by keyboard; `pytest -s` prints minutes and keys."""

import shutil
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import start, stop

from bilateral.intake import queue
from bilateral.intake.collection import collect
from bilateral.intake.proposing import pairs_of, propose
from intake.site import QUICK, Reply, site_on_loopback
from material import ROOT

pytestmark = pytest.mark.browser
OTHERS = {"Mexico": "México", "Canada": "Canadá", "Colombia": "Colombia", "China": "China", "Cuba": "Cuba", "Panama": "Panamá"}
"""Countries of configured pairs with the United States, in English and Spanish."""
DONE = (
    "The United States sent economic aid to {}.",
    "The United States criticized {} over a made rule.",
    "The United States thanked {}.",
)
UNDONE = "The United States did not impose tariffs on {}."
MET = "Secretary of State Marco Rubio met with officials of {}."
HECHO = "Estados Unidos impuso aranceles a {}."
IDLE = "A made text number {} names no state and tells no act."
KEYS_A_MINUTE = 200
"""Of a person who types well; the minutes of hands that follow from it are an estimate, those of the machine are measured."""


def sentences() -> tuple[list[str], list[str]]:
    """Forty sentences, one an item: thirty-four in English and six in Spanish."""
    english = [said.format(name) for said in (*DONE, UNDONE, MET) for name in OTHERS]
    return english + [IDLE.format(number) for number in range(4)], [HECHO.format(name) for name in OTHERS.values()]


def feed(said: list[str], lang: str) -> bytes:
    entries = "".join(
        f"<item><title>Made item {number}</title><guid>made-{lang}-{number}</guid><pubDate>Wed, 19 Aug 2026 12:00:00 GMT</pubDate>"
        f"<link>https://made.example.org/{lang}/{number}</link><description>{escape(sentence)}</description></item>"
        for number, sentence in enumerate(said)
    )
    return f"<rss version='2.0'><channel><title>Made</title><language>{lang}</language>{entries}</channel></rss>".encode()


@dataclass
class Work:
    """An analyst at the keyboard: what was pressed, and what was decided about which sentence."""

    page: Page
    n_keys: int = 0
    decided: Counter[str] = field(default_factory=Counter)
    accepted: set[str] = field(default_factory=set)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.n_keys += len(keys)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.n_keys += len(text)

    def told(self, said: str) -> None:
        expect(self.page.locator("#said")).to_contain_text(said)
        expect(self.page.locator("#said")).to_be_focused()

    def decide(self) -> None:
        """Accept what was done, with a sentence in the other language; merge its other direction; reject what was not done."""
        page = self.page
        number = page.locator("#t-proposal").inner_text().removeprefix("Proposal ")
        sentence = page.locator("#item mark").inner_text()
        if sentence in self.accepted:
            self.press("m")
            kind, said = "merge", f"Proposal {number} was merged into "
        elif page.locator("#doubt").count():
            self.press("r")
            self.write("it says that this was not done")
            self.press("Enter")
            kind, said = "reject", f"Proposal {number} was rejected."
        else:
            self.press("e")
            if page.locator("#c-summary").input_value():
                self.press("Tab")
            self.write(
                f"Oración hecha, número {number}." if page.locator("#c-summary").input_value() else f"Made sentence {number}."
            )
            self.press("Escape", "a")
            kind, said = "accept", f"Proposal {number} was accepted as "
            self.accepted.add(sentence)
        self.told(said)
        self.decided[kind] += 1


@pytest.fixture
def waiting(small_data, tmp_path):
    """A data folder into which one run of the intake brought forty items."""
    data = tmp_path / "data"
    shutil.copytree(small_data, data)
    english, spanish = sentences()
    with site_on_loopback() as site:
        site.say("/en", Reply(feed(english, "en")))
        site.say("/es", Reply(feed(spanish, "es")))
        sources = [replace(site.source(f"/{lang}", language=lang), id=f"made-{lang}") for lang in ("en", "es")]
        assert sum(one.n_new for one in collect(data, sources, QUICK)) == 40
    assert propose(data, pairs_of([ROOT / "seeds" / "dyads.csv"])).n_items == 40
    return data


@pytest.mark.long
def test_forty_items_are_decided_by_keyboard(browser, waiting):
    process, address = start(waiting)
    try:
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            work, started = Work(context.new_page()), time.monotonic()
            work.page.goto(f"{address}/review")
            first = True
            while work.page.locator("#accept").count():
                work.decide()
                if first:  # a slip of the hand is taken back and decided again
                    work.press("u")
                    work.told("was undone.")
                    work.accepted.clear()
                    work.decide()
                    first = False
            minutes = (time.monotonic() - started) / 60
    finally:
        stop(process)
    print(
        f"\n40 items, {dict(work.decided)}, 1 undone: {work.n_keys} keys, {minutes:.1f} minutes with the waits for the machine,"
        f" {work.n_keys / KEYS_A_MINUTE:.1f} more for hands at {KEYS_A_MINUTE} keys a minute, without the time to read"
    )
    with queue.reading(waiting) as connection:
        found = queue.entries(connection)
    by_sentence: dict[str, list[str]] = {}
    for entry in found:
        by_sentence.setdefault(entry.proposal.evidence, []).append(entry.state)
    english, spanish = sentences()
    undone = {UNDONE.format(name) for name in OTHERS}
    for sentence in (*english, *spanish):
        states = sorted(by_sentence.get(sentence, []))
        if sentence in undone:
            assert set(states) == {"rejected"}
        elif sentence.startswith("A made text"):
            assert states == []
        else:
            assert states == ["accepted"] + ["merged"] * (len(states) - 1)
    assert sum(len(entry.decisions) for entry in found) == sum(work.decided.values()) + 1
