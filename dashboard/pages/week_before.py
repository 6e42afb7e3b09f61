"""What changed since the days before a week: events, measures, and the balance with the change that chance alone would give."""

from collections.abc import Iterator

import pandas as pd

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages.document import Section
from bilateral.pages.week import Before, Week
from bilateral.strings import Texts


def section(week: Week) -> Section:
    text = week.text
    title = text("briefing.since_days", n=week.n_days) if week.choice.days or not week.is_over else text("briefing.since_week")
    return Section(title, tuple(_said(week, week.before)) if week.before else (text("briefing.since_none"),))


def _said(week: Week, before: Before) -> Iterator[str]:
    text = week.text
    yield text("briefing.since_events", now=counted(week.acts, text), before=counted(before.acts, text))
    yield text("briefing.since_measures", now=int(week.acts["n_measures"]), before=int(before.acts["n_measures"]))
    if before.standing is None or before.moved.empty or formats.is_missing(before.standing["balance"]):
        return
    (moved,) = rowwise(before.moved)
    if not formats.is_missing(week.standing["balance"]) and not formats.is_missing(moved["half_width"]):
        named = {"before": formats.points(before.standing["balance"]), "now": formats.points(week.standing["balance"])}
        band = {"low": formats.points(-moved["half_width"]), "high": formats.points(moved["half_width"]), "n": week.n_days}
        yield text(f"briefing.since_balance_{_verdict(moved)}", **named, **band)


def _verdict(moved: dict) -> str:
    """What may be said of a change of the balance."""
    if moved["state"] != "ok":
        return "thin"
    return "beyond" if abs(moved["change"]) > moved["half_width"] else "within"


def counted(acts: pd.Series, text: Texts) -> str:
    """Events by side: 8 events (5 cooperative, 3 conflictual)."""
    acts = acts.fillna(0)  # sums of no rows
    n, friction = int(acts["n_events"]), int(acts["verbal_friction"] + acts["material_friction"])
    return text("briefing.counted", n=n, cooperation=n - friction, friction=friction)
