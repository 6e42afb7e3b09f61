"""What a search finds, and what it might have meant. The SQL is in queries/app/."""

from datetime import date
from typing import Any

import pandas as pd

from bilateral.ask.warehouse import Warehouse


def found(
    warehouse: Warehouse, q: str, days: tuple[date, date] | None, dyad: str, pages: list[tuple[str, str, str, str]], most: int
) -> pd.DataFrame:
    """One row for each thing that has all words, best first, at most so many of a kind; with days only what is of them.

    `dyad` is the pair that days and subjects open; `pages` are path, name in English and Spanish, and further words of each page.
    """
    first, last = days or (date(1900, 1, 1), date(2200, 1, 1))
    paths, english, spanish, words = (list(column) for column in zip(*pages, strict=True))
    asked: dict[str, Any] = {"paths": paths, "pages_en": english, "pages_es": spanish, "page_words": words}
    return warehouse.ask("search", q=q, dyad=dyad, is_dated=days is not None, from_day=first, to_day=last, most=most, **asked)


def suggestions(warehouse: Warehouse, q: str) -> list[str]:
    """Searches that would find more than this one, which found nothing: with words spelled as they are used here, or with one word alone."""
    rows = warehouse.ask("suggestions", q=q)
    spelled = rows["nearest"].where(~rows["is_used"], rows["word"]).dropna().tolist()
    if not rows["is_used"].all():
        return [" ".join(spelled)] if spelled else []
    return spelled if len(spelled) > 1 else []
