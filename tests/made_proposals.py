"""Items and proposals made for the tests, marked as made in each title; no page ever told them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bilateral.intake import queue, store
from bilateral.intake.items import Item
from bilateral.intake.proposals import Proposal

SENTENCE = "The United States sent made-up economic aid to Mexico."
BOTH = {"summary": "The United States sends made-up aid.", "summary_es": "Estados Unidos envía una ayuda inventada."}


def item(item_id: str, text: str = SENTENCE, **more: Any) -> Item:
    """An item that a test changes what it is about."""
    seen = datetime(2025, 4, 1, 12, tzinfo=UTC)
    given = {
        "source": "made-press", "item_id": item_id, "url": f"https://news.example.org/{item_id}", "title": f"Made: item {item_id}",
        "text": text, "extent": "full", "language": "en", "published_at": seen, "precision": "second", "first_seen_at": seen,
        "authority": "press",
    }  # fmt: skip
    return Item(**(given | more))


def proposal(read: Item, evidence: str = SENTENCE, **more: Any) -> Proposal:
    """What a coder might read in a sentence of an item: the United States sends aid to Mexico on 30 March 2025."""
    start = read.text.index(evidence)
    given = {
        "source": read.source, "item_id": read.item_id, "text_sha256": read.text_sha256, "start": start,
        "end": start + len(evidence), "evidence": evidence, "source_country": "USA", "source_role": "GOV", "source_name": "",
        "target_country": "MEX", "target_role": "GOV", "target_name": "", "cameo_code": "071", "plover_type": "AID",
        "domain": "trade", "event_date": date(2025, 3, 30), "day_basis": "published", "modality": "reported", "confidence": 0.8,
        "backend": "made 1",
    }  # fmt: skip
    return Proposal(**(given | more))


def put(data: Path, *read: tuple[Item, Proposal]) -> None:
    """Store items with a proposal of each."""
    with queue.writing(data) as connection:
        store.add(connection, [one for one, _ in read])
        queue.add(connection, [one for _, one in read])
        for one, proposed in read:
            store.note_coded(connection, one, proposed.backend)


def put_made(data: Path, *ids: str, **more: Any) -> None:
    """Store an item and its proposal for each id."""
    put(data, *((one, proposal(one, **more)) for one in map(item, ids)))


def entry(data: Path, number: int) -> queue.Entry:
    """A proposal as it stands."""
    with queue.reading(data) as connection:
        return queue.entry(connection, number)
