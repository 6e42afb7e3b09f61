"""Texts of a briefing: title, lead and sections. Rows in, text out."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import directions, sentences, told_events, week_before
from bilateral.pages.document import Item, Piece, Section, source
from bilateral.pages.week import Week
from bilateral.strings import Texts


def title(week: Week) -> str:
    subject = "" if week.choice.domain == "all" else f", {week.domains[week.choice.domain]}"
    if week.choice.days:
        return week.text(
            "briefing.title_days", n=week.choice.days, pair=week.name + subject, day=formats.day(week.last, week.text)
        )
    return week.text("briefing.title", pair=week.name + subject, day=formats.day(week.first, week.text))


def lead(week: Week) -> str:
    """What happened in two or three sentences, and what may be said of the balance."""
    text = week.text
    told = [sentences.what_happened(week.acts, week.n_days, week.last, text)]
    if not week.is_over:
        told.append(text("briefing.partial", n=week.n_days))
    told += [*by_subject(week), sentences.how_it_stands(week.standing, text)]
    return " ".join(told)


def by_subject(week: Week) -> list[str]:
    """Which subjects have friction and which cooperation alone: said where both are there, as one number would hide it."""
    counted = _counted(week.events)
    friction = {row["domain"] for row in counted if "friction" in row["kind"]}
    calm = {row["domain"] for row in counted} - friction
    if not friction or not calm:
        return []
    named = {
        name: ", ".join(sorted(week.domains[domain].lower() for domain in found))
        for name, found in (("friction", friction), ("calm", calm))
    }
    return [week.text("briefing.apart", **named)]


def sections(week: Week) -> list[Section]:
    text = week.text
    return [
        Section(text("briefing.happened"), tuple(by_direction(week)), tuple(acts(week))),
        week_before.section(week),
        listed(
            text("briefing.changed"), text("briefing.changed_none"), [changed(row, week) for row in rowwise(week.changed)[::-1]]
        ),
        listed(text("briefing.next"), text("briefing.next_none"), [coming(row, week) for row in rowwise(week.next)]),
        Section(text("briefing.unusual"), (volume(week), *past(week), *made_of(week)), (balances(week),)),
        listed(text("measures.in_force_on", day=formats.day(week.last, text)), text("measures.none"), in_force(week)),
    ]


def made_of(week: Week) -> list[str]:
    """The components of the balance, if there is one."""
    return [] if formats.is_missing(week.standing["balance"]) else [sentences.made_of(week.parts, week.names, week.text)]


def listed(title: str, empty: str, items: list[Item]) -> Section:
    return Section(title, lists=(("", tuple(items)),)) if items else Section(title, (empty,))


def by_direction(week: Week) -> list[str]:
    """Acts by who did them; what two do together, as a meeting, has no single doer."""
    text, counted = week.text, _counted(week.events)
    if not counted:
        return []
    alone = Counter((row["directed_dyad"], _side(row)) for row in counted if not row["is_mutual"])
    both = Counter(_side(row) for row in counted if row["is_mutual"])
    told = []
    for directed in dict.fromkeys(row["directed_dyad"] for row in counted):
        names = {side: alone[directed, side] for side in ("cooperation", "friction")}
        if any(names.values()):
            told.append(text("briefing.one_way", who=directions.told(directed, week.short), **names))
    if both:
        told.append(text("briefing.both_ways", cooperation=both["cooperation"], friction=both["friction"]))
    return [text("briefing.acts", said="; ".join(told))]


def acts(week: Week) -> list[tuple[str, tuple[Item, ...]]]:
    """Acts by subject, that with most acts first, each list by day."""
    rows, text = rowwise(week.events)[::-1], week.text
    order = [domain for domain, _ in Counter(row["domain"] for row in rows).most_common()]
    made = [(week.domains[domain], tuple(act(row, week) for row in rows if row["domain"] == domain)) for domain in order]
    n = int(week.acts["n_events"])
    if n > len(rows):
        made.append((text("ledger.more", n=n - len(rows)), ()))
    return made


def act(row: Mapping, week: Week) -> Item:
    text, day = week.text, row["event_day"].date()
    who = directions.told(f"{row['source_country']}>{row['target_country']}", week.short)
    who = who.replace("→", "↔") if row["is_mutual"] else who
    glyph = "▲" if _side(row) == "cooperation" else "▼"
    what = f"{who}, {glyph} {text.entry('kind')[row['kind']]}"
    if row["is_backdated"] or row["is_excluded"]:
        what += f", {text('briefing.not_counted')}"
    when = f"{text.entry('weekdays')[day.weekday()]} {formats.day(day, text)}"
    return (
        Piece(f"{when}, {what}: "),
        Piece(str(told_events.told(row, week.text)), week.event_page(row["event_id"]), told_events.told_in(row, week.text)),
        Piece(" — "),
        source(dict(row), text),
    )


def changed(row: Mapping, week: Week) -> Item:
    text = week.text
    day = formats.day(row["state_day"].date(), text)
    state, force = text.entry("states")[row["state"]], text(f"measures.force_{row['is_in_force']}")
    who = directions.told(f"{row['imposing_country']}>{row['target_country']}", week.short)
    return (
        Piece(f"{day}, {who}: "),
        measure(row, week),
        Piece(f": {state}" if state == force else f": {state}; {force}"),
    )


def coming(row: Mapping, week: Week) -> Item:
    text = week.text
    day = formats.day(row["until"].date(), text)
    return (
        Piece(f"{day}, {text('measures.until_' + row['until_kind'])}: "),
        measure(row, week),
        Piece(f" ({text.entry('states')[row['state']]}, {formats.day(row['state_day'].date(), text)})"),
    )


def in_force(week: Week) -> list[Item]:
    """A line for each subject, so that many measures stay on one page."""
    text, rows = week.text, rowwise(week.in_force)
    made = []
    for domain in dict.fromkeys(row["domain"] for row in rows):
        pieces = [Piece(f"{week.domains[domain]}: ")]
        for index, row in enumerate(found for found in rows if found["domain"] == domain):
            partly = f" ({text('measures.partly')})" if row["standing"] == "partly in force" else ""
            if row["standing"] == "as last recorded":
                partly = f" ({text('measures.as_recorded', day=formats.day(row['last_confirmed'].date(), text))})"
            pieces += [Piece("; ")] * bool(index)
            pieces += [measure(row, week), Piece(partly)]
        made.append(tuple(piece for piece in pieces if piece.words))
    return made


def measure(row: Mapping, week: Week) -> Piece:
    """A policy measure, linked to the event that changed it."""
    return Piece(
        told_events.measure_name(row, week.text), week.event_page(row["event_id"]), told_events.measure_in(row, week.text)
    )


def volume(week: Week) -> str:
    """Acts of the week among those of the pair's own earlier weeks."""
    text, among = week.text, week.among
    n = int(week.acts["n_events"])
    if week.choice.days or not week.is_over or among["n_weeks"] < 26:
        return text("briefing.volume_alone", acts=text("sentence.events", n=n))
    return text(
        "briefing.volume",
        acts=text("sentence.events", n=n),
        weeks=int(among["n_weeks"]),
        fewer=int(among["n_fewer"]),
        same=int(among["n_same"]),
        middle=formats.plain(among["median"]),
        most=int(among["most"]),
    )


def balances(week: Week) -> tuple[str, tuple[Item, ...]]:
    """The balance of the pair, of each direction, of statements and of actions: value, interval and verdict."""
    text = week.text
    rows = [(week.name, week.standing, "balance"), *((shown, row, "balance") for shown, row in week.directions.items())]
    rows += [(text("tiles.words"), week.standing, "words"), (text("tiles.deeds"), week.standing, "deeds")]
    items = tuple((Piece(f"{name}: {reading(row, column, text)}"),) for name, row, column in rows)
    return text("briefing.balances", day=formats.day(week.last, text)), items


def reading(row: pd.Series | None, column: str, text: Texts) -> str:
    """A value with its band in words; what may be said of it is the same as everywhere."""
    if row is None or formats.is_missing(row[column]):
        return text("tiles.few") if row is None else text.entry("states")[row[f"{column}_verdict"]]
    low, high = row[f"{column}_low"], row[f"{column}_high"]
    band = text("range", low=formats.points(low), high=formats.points(high))
    return f"{formats.points(row[column])} ({band}), {text('verdicts.' + row[f'{column}_verdict'])}"


def past(week: Week) -> list[str]:
    """Four weeks before, four weeks against four, and the place among the pair's own earlier days."""
    text, row = week.text, week.standing
    told = []
    if not formats.is_missing(row["balance_before"]) and not formats.is_missing(row["balance"]):
        told.append(text("briefing.before", value=formats.points(row["balance_before"])))
    if not formats.is_missing(row["momentum"]):
        change, low, high = (formats.points(row[f"momentum{end}"]) for end in ("", "_low", "_high"))
        verdict = text(f"verdicts.{sentences.of_change(dict(row))}")
        told.append(text("briefing.momentum", change=change, low=low, high=high, verdict=verdict))
    if not formats.is_missing(row["rank"]):
        told.append(text("briefing.rank", share=share_below(row["rank"]), but=but(row["rank_state"], text)))
    if not formats.is_missing(row["tension"]):
        told.append(
            text(
                "briefing.tension",
                value=formats.points(row["tension"], 1),
                n=formats.plain(row["tension_windows"]),
                but=but(row["tension_state"], text),
            )
        )
    return told


def share_below(rank: float) -> str:
    """A rank in whole per cent, 99 and 1 for what is not quite all or none of the days."""
    return formats.plain(rank if rank in (0, 100) else min(99, max(1, round(rank))))


def but(state: str, text: Texts) -> str:
    """That nothing may be concluded from a value, where its state is not ok."""
    return "" if state == "ok" else f": {text('verdicts.' + state)}"


def _counted(events: pd.DataFrame) -> list[dict]:
    """Events that enter counts and indicators."""
    return [row for row in rowwise(events) if not row["is_backdated"] and not row["is_excluded"]]


def _side(row: Mapping) -> str:
    return "cooperation" if "cooperation" in row["kind"] else "friction"
