"""A precision audit from the draw to the published rate, through the real command."""

import csv

import pytest

from bilateral.ask.warehouse import Warehouse
from bilateral.evaluation import audit
from bilateral.exits import Stop
from bilateral.pages import address, markup, methods
from bilateral.pages.site import Site
from material import write_lines


def rows_of(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows: list[dict[str, str]]):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def methods_page(data) -> str:
    site = Site(data, stale_hours=48)
    page = methods.make(site, address.parse("/methods", "", site.known()))
    return "".join(markup.to_html(part) for part in page.places["all"])


@pytest.fixture
def drawn(warehouse, tmp_path):
    """A draw of 50 from the shipped chronology."""
    path = tmp_path / "audit.csv"
    audit.draw(warehouse, "chronology", "MEX-USA", 50, "a", path)
    return path


def test_a_draw_has_the_events_asked_for_each_once_and_the_same_word_draws_the_same(warehouse, drawn, tmp_path):
    rows = rows_of(drawn)
    assert len({row["event_id"] for row in rows}) == len(rows) == 50
    assert {row["population"] for row in rows} == {"453"}
    assert {(row["dataset"], row["dyad"]) for row in rows} == {("chronology", "MEX-USA")}
    assert {row["actors_right"] for row in rows} == {""}
    assert any(row["code"].startswith("0") for row in rows)  # codes stay text
    for word, same in (("a", True), ("b", False)):
        other = tmp_path / f"{word}.csv"
        audit.draw(warehouse, "chronology", "MEX-USA", 50, word, other)
        assert ([row["event_id"] for row in rows_of(other)] == [row["event_id"] for row in rows]) is same


def test_a_draw_spreads_over_the_whole_span(drawn):
    years = {row["event_day"][:4] for row in rows_of(drawn)}
    assert len(years) >= 6


def test_a_file_that_may_hold_marks_is_not_overwritten(warehouse, drawn):
    with pytest.raises(Stop, match="may hold marks"):
        audit.draw(warehouse, "chronology", "MEX-USA", 50, "a", drawn)


def test_a_dataset_without_events_stops(warehouse, tmp_path):
    with pytest.raises(Stop, match="'gdelt' has no events for all"):
        audit.draw(warehouse, "gdelt", "all", 50, "a", tmp_path / "audit.csv")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[3].update(kind_right="perhaps"), "line 5: kind_right is 'perhaps'; write yes, no or unclear"),
        (lambda rows: rows[3].update(event_id=rows[2]["event_id"]), "an event twice"),
        (lambda rows: rows[3].update(audit="another"), "more than one draw"),
        (lambda rows: [row.update(audit="../../elsewhere") for row in rows], "not as they were drawn"),
        (lambda rows: rows[3].update(population="many"), "not as they were drawn"),
        (lambda rows: [row.pop("domain_right") for row in rows], "lacks domain_right"),
    ],
)
def test_marks_that_cannot_be_read_name_their_line_and_nothing_is_taken(drawn, tmp_path, change, message):
    rows = rows_of(drawn)
    change(rows)
    with pytest.raises(Stop, match=message) as stopped:
        audit.receive(tmp_path, write(drawn, rows))
    assert stopped.value.code == 65
    assert not (tmp_path / "inbox").exists()


def test_a_file_that_is_no_table_stops(tmp_path):
    write_lines(tmp_path / "empty.csv", ["audit"])
    (tmp_path / "picture.csv").write_bytes(b"\xff\xfe\x00")
    for name, message in (
        ("none.csv", "No such file"),
        ("empty.csv", "lacks rows"),
        ("picture.csv", "is not a CSV file in UTF-8"),
    ):
        with pytest.raises(Stop, match=message):
            audit.receive(tmp_path, tmp_path / name)


def test_marks_become_rates_with_wilsons_interval_through_the_command(command, house, small_tree, tmp_path):
    file = tmp_path / "audit.csv"
    ended = command("audit", "draw", "chronology", file, "--events", 20, "--word", "a", data=house.data, tree=small_tree)
    assert (ended.code, ended.out) == (0, f"{file}: 20 of 64 events; fill in actors_right, kind_right, domain_right\n")
    rows = rows_of(file)
    for place, row in enumerate(rows[:12]):
        row["event_day"] = "28/03/2025"  # as a spreadsheet may write it
        row["actors_right"] = "Yes " if place < 10 else "unclear"
        row["kind_right"] = "no" if place == 0 else "yes"
        row["domain_right"] = "yes"
    write(file, rows)
    ended = command("audit", "read", file, data=house.data, tree=small_tree)
    assert ended.code == 0, ended.err
    assert "12 of 20 events marked" in ended.out
    found = {
        row[0]: row[1:] for row in house.rows("select question, n_drawn, n_marked, n_unclear, n_right, n_judged from audits")
    }
    assert found == {
        "actors": (20, 12, 2, 10, 10),
        "kind": (20, 12, 0, 11, 12),
        "domain": (20, 12, 0, 12, 12),
        "overall": (20, 12, 2, 9, 10),
    }
    (rate, low, high), *_ = house.rows("select rate, rate_low, rate_high from audits where question = 'overall'")
    assert (rate, round(low, 2), round(high, 2)) == (90.0, 59.58, 98.21)  # Wilson (1927) for 9 of 10, z = 1.96
    assert house.rows("select count(*), count(event_day), min(dyad) from audit_marks") == [(20, 8, "all")]
    assert '<td class="n">9 of 10</td><td class="n">90.0% (59.6–98.2)</td><td class="n">2</td>' in methods_page(house.data)
    rows[0]["kind_right"] = "yes"
    assert command("audit", "read", write(file, rows), data=house.data, tree=small_tree).code == 0
    assert house.rows("select n_right, n_judged from audits where question = 'kind'") == [(12, 12)]


def test_without_an_audit_there_is_no_rate_and_the_page_of_methods_says_so(published):
    assert Warehouse(published).ask("audits").empty
    assert "Coding accuracy has not been audited yet" in methods_page(published)
