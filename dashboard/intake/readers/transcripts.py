"""Transcripts: one long page or text, cut into passages of one speaker each, so that a proposal shows who said it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bilateral.intake.items import Item
from bilateral.intake.readers import dates, gobmx_list, pages
from bilateral.intake.readers.markup import tree
from bilateral.intake.readings import Drift, Form, Page, Reading, at_midnight

FORM: Form = "html"

SPEAKER = re.compile(r"^([A-ZÁÉÍÓÚÑÜ][A-ZÁÉÍÓÚÑÜ ,.()-]{5,120}):\s*(.*)$", re.DOTALL)
"""A name in capitals before a colon begins a turn on pages of gob.mx."""
LONGEST = 1_800
"""Characters of a passage; a longer turn is cut between paragraphs."""
SHORTEST = 40
"""Characters under which a turn is a greeting or an aside."""


@dataclass(frozen=True)
class Turn:
    """What one speaker said before the next one speaks."""

    speaker: str
    paragraphs: tuple[str, ...]


def read(page: Page) -> Reading:
    """Items by page and hash of the passage: an edited passage is a new item, and the others stay. Raises Drift where nobody speaks."""
    is_page = b"<html" in page.body[:2000].lower()
    whole, turns = _of_page(page) if is_page else _of_text(page)
    if not turns and is_page and (listed := gobmx_list.read(page, pages.charset(page))):
        return listed
    if not turns:
        raise Drift("no speaker was found; a transcript has names in capitals before what is said")
    passages = [(turn.speaker, text) for turn in turns for text in _passages(turn)]
    kept = {text: speaker for speaker, text in passages if len(text) >= SHORTEST}
    short = sum(len(text) < SHORTEST for _, text in passages)
    said = (f"{short} turns of under {SHORTEST} characters were left out",) if short else ()
    return Reading(tuple(_item(whole, speaker, text) for text, speaker in kept.items()), said=said)


def _item(whole: Item, speaker: str, text: str) -> Item:
    key = f"{whole.item_id}#{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    return replace(whole, item_id=key, title=f"{whole.title} — {speaker}", text=text)


def _passages(turn: Turn) -> Iterator[str]:
    lines: list[str] = []
    for paragraph in turn.paragraphs:
        if lines and sum(map(len, lines)) + len(paragraph) > LONGEST:
            yield "\n".join(lines)
            lines = []
        lines.append(paragraph)
    if lines:
        yield "\n".join(lines)


def _of_page(page: Page) -> tuple[Item, list[Turn]]:
    """A page of gob.mx: a speaker goes on over paragraphs until the next name."""
    root = tree(page.body, pages.charset(page))
    turns: list[tuple[str, list[str]]] = []
    for paragraph in pages.article(root):
        if found := SPEAKER.match(paragraph):
            turns.append((found[1].strip(), [found[2]] if found[2].strip() else []))
        elif turns:
            turns[-1][1].append(paragraph)
    return pages.of_page(page, root), [Turn(speaker, tuple(said)) for speaker, said in turns if said]


def _of_text(page: Page) -> tuple[Item, list[Turn]]:
    """A text whose first three lines are title, office and day; lines of three dashes part the turns, whose first line is the speaker."""
    head, *blocks = re.split(r"\n---\n", page.body.decode(pages.charset(page)).replace("\r\n", "\n").strip("-\n"))
    title, *others = [line.strip() for line in head.split("\n") if line.strip()] or [""]
    day = next((found for line in reversed(others) if (found := dates.spanish(line))), None) or dates.spanish(title)
    item = page.item(
        pages.slug(page.url), url=page.address, title=title, text="", extent="full",
        published_at=at_midnight(day) if day else None, precision="day" if day else "unknown",
    )  # fmt: skip
    parts = ([line.strip() for line in block.split("\n") if line.strip()] for block in blocks)
    return item, [Turn(lines[0], tuple(lines[1:])) for lines in parts if len(lines) > 1]
