"""Changes of measures that the coder proposes: what feeds and alerts tell of them, always as not reviewed, and apart from what changed."""

from typing import Any

import pandas as pd

from bilateral import formats
from bilateral.ask import event_lists
from bilateral.ask.warehouse import Warehouse
from bilateral.escaping import in_a_line
from bilateral.frames import rowwise
from bilateral.monitoring.changes import MOST, Change, known, known_domain
from bilateral.strings import texts

KIND = "proposal"


def proposed(warehouse: Warehouse, lang: str = "en", dyad: str | None = None, domain: str = "all") -> list[Change]:
    """Proposals of measures that await review, the newest first. Raises LookupError for a pair or subject that is none."""
    asked = known(warehouse, dyad) if dyad else "all"
    rows = event_lists.measures_proposed(warehouse, asked, known_domain(warehouse, domain), MOST)
    return [_change(row, lang) for row in rowwise(rows)]


def _change(row: dict[Any, Any], lang: str) -> Change:
    text, number = texts(lang), int(row["number"])
    rate = None if formats.is_missing(row["rate"]) else row["rate"]
    sentence = in_a_line(row["evidence"])
    title = text("feeds.proposal", pair=row[f"pair_{lang}"], state=text(f"states.{row['state']}"), sentence=sentence)
    said = [text("feeds.rate", rate=formats.plain(rate, 1))] if rate is not None else []
    said.append(text("feeds.not_reviewed", backend=row["backend"].partition(" ")[0], source=row["source"]))
    day, path = pd.Timestamp(row["day"]).date(), f"/review?n={number}"
    return Change(
        f"proposal-{number}", KIND, day, row["dyad"], "proposals", title, " ".join(said), path, rate, row["state"], row["domain"]
    )
