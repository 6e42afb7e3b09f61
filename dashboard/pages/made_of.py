"""Components of a balance: what each side did alone and both together, statements and actions, subjects. Each grouping sums to the value."""

from dash import html

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import cards, chart, sentences, tables
from bilateral.pages.view import View
from bilateral.strings import Texts


def card(view: View) -> html.Section:
    """A sentence and a table of the parts; each grouping ends with their sum."""
    text, rows = view.text, view.parts
    title = text("made_of.title", day=formats.day(view.shown_day, text))
    if rows.empty:
        return html.Section([html.H2(title, id="t-made-of"), html.P(text("ledger.none"))], className="card", id="made-of")
    if view.point_state == "too few":
        return html.Section([html.H2(title, id="t-made-of"), html.P(text("made_of.few"))], className="card", id="made-of")
    names = sentences.doers(view.name, [one.dyad for one in view.scopes.values()])
    said = sentences.made_of(rows, names, text)
    heads = [text(f"made_of.{name}") for name in ("grouping", "part", "events", "points")]
    cells = [[text(f"made_of.by_{row['grouping']}"), *part(row, names, view.domains, text)] for row in rowwise(rows)]
    total = rows[rows["grouping"] == "doer"]
    cells.append(
        [
            html.Strong(text("ledger.total")),
            text("made_of.of_each"),
            formats.plain(total["n_events"].sum()),
            html.Strong(formats.points(total["contribution"].sum(), 2)),
        ]
    )
    content = tables.table(title, heads, cells, (2, 3), "table-made-of")
    groups = [group["contribution"] for _, group in rows.groupby("grouping")]
    is_rounded = not all(formats.adds_up(group, 2) for group in groups)
    rounded = [html.P(text("made_of.rounded"), className="sub")] if is_rounded else []
    explained = chart.how(text("how.made_of", h=view.choice.h), rows, text)
    folded = cards.details(text("made_of.open"), content, *rounded, explained)
    return html.Section([html.H2(title, id="t-made-of"), html.P(said), folded], className="card", id="made-of")


def part(row: dict, names: dict[str, str], domains: dict[str, str], text: Texts) -> list[str]:
    known = names | domains | {name: text(f"made_of.{name}") for name in ("together", "words", "deeds")}
    return [known.get(row["part"], row["part"]), formats.plain(row["n_events"]), formats.points(row["contribution"], 2)]
