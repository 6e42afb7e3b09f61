"""Every value opens to what it is made of, and what it shows adds up (UX M5, D1)."""

import pytest

pytestmark = pytest.mark.browser

WEEK = "/pair/MEX-USA?from=2025-01-01&to=2025-04-15&at=2025-03-28"


def cells(page, table: str) -> list[list[str]]:
    """Texts of the body of a table, a list a row."""
    return page.evaluate(
        "name => [...document.querySelectorAll(`#${name} tbody tr`)].map(row => [...row.cells].map(cell => cell.textContent))",
        table,
    )


def number(text: str) -> float:
    return float(text.replace("−", "-").replace("+", "").replace(",", ""))


def test_the_ledger_of_a_week_adds_up_to_its_value_in_the_table(visit):
    page, _ = visit(WEEK)
    rows = cells(page, "table-ledger")
    *parts, total = [number(row[6]) for row in rows]
    assert len(rows) == 17
    assert abs(sum(parts) - total) < 0.09  # 16 figures of two decimals
    shown = next(row for row in cells(page, "table-balance") if row[0] == "week of 24 Mar 2025")
    assert round(total, 1) == number(shown[1])
    assert page.locator("#t-ledger").inner_text() == "What makes up the value of 30 Mar 2025"


def test_what_moved_the_balance_adds_up_in_both_ways_to_the_change(visit):
    page, _ = visit(WEEK)
    *groups, total = [[number(cell) for cell in row[2:]] for row in cells(page, "table-moved")]
    for new, fading, evidence, moved in [*groups, total]:
        assert abs(new + fading + evidence - moved) < 0.02
    assert abs(sum(group[3] for group in groups) - total[3]) < 0.06
    drawn = page.evaluate("document.querySelector('#g-moved .js-plotly-plot').data.map(trace => trace.x)")
    assert [sum(column) for column in zip(*drawn[:3], strict=True)] == pytest.approx(drawn[3], abs=0.02)


def test_the_slider_of_the_bars_reads_each_one(visit):
    page, _ = visit(WEEK)
    page.evaluate("document.querySelectorAll('.fold').forEach(part => part.open = true)")
    page.locator("#s-moved").focus()
    page.keyboard.press("Home")
    assert page.locator("#s-moved").get_attribute("aria-valuetext").startswith(cells(page, "table-moved")[0][0])
