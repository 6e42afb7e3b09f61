"""docs/method.md: its example is what the tables say, its files are there, and no indicator is missing."""

import re

import pytest
from material import ROOT, false_alarms

from dashboard import calibration
from dashboard.queries import read

PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
DAY = "date '2025-03-28'"


def minus(text: str) -> str:
    return re.sub(r"-(?=\d)", "−", text)


def lines(heading: str) -> list[list[str]]:
    """Cells of the table that begins with this line."""
    after = PAGE.split(heading + "\n", 1)[1].split("\n\n", 1)[0].splitlines()[1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in after]


def test_every_file_that_the_page_names_is_there():
    named = set(re.findall(r"`((?:queries|dashboard|seeds|docs|tests)/[\w./-]+)`", PAGE))
    assert len(named) > 30
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_indicator_and_every_table_of_the_statistics_is_explained_beside_its_file():
    files = sorted((ROOT / "queries" / "indicators").glob("*.sql"))
    indicators = [path for path in files if read(path).fields.get("title")]
    assert len(indicators) >= 9
    missing = [path.name for path in indicators if f"`queries/indicators/{path.name}`" not in PAGE]
    assert missing == [], "docs/method.md, section 4, has no line for these"
    assert [path.name for path in indicators if f"| {path.stem} |" not in PAGE] == []
    computed = [path for path in sorted((ROOT / "queries" / "statistics").glob("*.sql")) if read(path).built == "computed"]
    assert [path.name for path in computed if f"`queries/statistics/{path.name}`" not in PAGE] == []


def test_every_constant_of_the_method_is_named():
    assert [name for name in (row["name"] for row in calibration.seed("method.csv")) if f"`{name}`" not in PAGE] == []


def test_the_acts_of_the_article_are_those_of_the_table(snapshot):
    rows = snapshot.execute("""
        select strftime(event_day, '%-d %b'), directed_dyad, code, split_part(kind, ' ', 1), sign, score
        from events where dataset = 'articles' and dyad = 'MEX-USA' order by event_id
    """).fetchall()
    shown = [
        [day, dyad, code, "words" if kind == "verbal" else "deeds", minus(f"{sign:+d}"), minus(f"{score:+.1f}")]
        for day, dyad, code, kind, sign, score in rows
    ]
    written = lines("| day | who > whom | code | what happened | words or deeds | sign | score |")
    assert [[*row[:3], *row[4:]] for row in written] == shown


@pytest.fixture
def ledger(snapshot) -> list[tuple]:
    return snapshot.execute(f"""
        select code, date_diff('day', event_day, {DAY}), decay, sign, contribution, without_story
        from ledger('articles', 'MEX-USA', 'all', 90, 'balance', {DAY}) order by event_id
    """).fetchall()


def test_the_sums_by_hand_are_those_of_the_ledger(ledger):
    *acts, total = lines("| act | age, days | c | sign | c × sign |")
    assert acts == [
        [code, str(age), f"{c:.3f}", minus(f"{sign:+d}"), minus(f"{c * sign:+.3f}")] for code, age, c, sign, _, _ in ledger
    ]
    n, s = sum(row[2] for row in ledger), sum(row[2] * row[3] for row in ledger)
    assert total == ["sum", "", f"N = {n:.3f}", "", f"S = {s:+.3f}"]


def test_what_each_act_adds_is_what_the_ledger_says(ledger):
    assert lines("| act | adds | without it the balance would be |") == [
        [code, minus(f"{adds:+.2f}"), minus(f"{without:+.2f}")] for code, _, _, _, adds, without in ledger
    ]


def test_balance_band_and_state_of_the_example_are_those_of_the_tables(snapshot):
    for dataset, sentences in (
        (
            "articles",
            (
                "= **{balance:.1f}** (`queries",
                "= **{evidence:.1f}** stories",
                "= **{half:.1f}**. So",
                "{balance:.1f}, somewhere from {low:.1f} to {high:+.1f}",
            ),
        ),
        ("chronology", ("with E = {evidence:.1f}, says {balance:.1f}, from {low:.1f} to {high:+.1f}",)),
    ):
        balance, low, high, evidence, state = snapshot.execute(f"""
            select balance, balance_low, balance_high, evidence, state from indicator_day
            where dataset = '{dataset}' and dyad = 'MEX-USA' and day = {DAY}
        """).fetchone()
        half = (high - low) / 2
        for sentence in sentences:
            written = minus(sentence.format(balance=balance, low=low, high=high, evidence=evidence, half=half))
            assert written in PAGE, written
        assert state == {"articles": "partial", "chronology": "ok"}[dataset]


def test_what_the_page_says_of_signs_changes_answers_and_links_is_what_the_tables_say(snapshot):
    intensity, low, high, distinct, same, turned = snapshot.execute("""
        select intensity, lowest, highest, n_distinct, n_same_sign, turned_by from sign_check
        where dataset = 'articles' and dyad = 'MEX-USA' and month = '2025-03-01'
    """).fetchone()
    assert minus(f"{distinct} different intensities of MEX-USA from {low:.2f} to {high:.2f}, and {same} of them") in PAGE
    assert minus(f"have the sign of ours, {intensity:.2f}") in PAGE
    assert turned == ["score table sign"]
    for dyad, day in snapshot.execute(
        "select dyad, day::varchar from change_points where domain = 'all' and dyad like '%-%' and dataset = 'chronology'"
    ).fetchall():
        assert re.search(rf"{dyad} on\s+{day}", PAGE), dyad
    most = snapshot.execute(
        "select max(n_both) filter (where period = 'week'), max(n_both) filter (where period = 'month') from reciprocity"
    ).fetchone()
    assert f"the best pair of the chronology has {most[0]}" in PAGE
    assert f"By months MEX-USA has {most[1]} of the 36 needed" in PAGE
    links, reached = snapshot.execute(
        "select count(*), count(*) filter (where q <= 0.05) from linkage where dataset = 'chronology'"
    ).fetchone()
    assert f"Of {links} links in the chronology, {reached} reach 5 %" in PAGE


def test_what_the_page_says_of_bands_and_power_is_what_the_tables_say(snapshot):
    rows = [row | {"n_held": int(row["n_held"]), "n_draws": int(row["n_draws"])} for row in calibration.seed("band_coverage.csv")]
    cells = [row for row in rows if row["state"] == "ok" and 2 * row["n_draws"] >= calibration.DRAWS]
    held = f"in {calibration.pooled(rows, 'ok'):.1%} of draws, in the worst of {len(cells)} cells in {calibration.worst(rows, 'ok'):.1%}".replace(
        "%", " %"
    )
    assert held in PAGE
    assert f"in state `thin` in {calibration.pooled(rows, 'thin'):.1%}".replace("%", " %") in PAGE
    power = snapshot.execute("""
        select n_stories, list(share_found order by size) filter (where size in (50, 100, 150)), max(share_found) filter (where size = 0)
        from power group by 1 order by 1
    """).fetchall()
    assert lines("| stories | change of 50 points found | of 100 points | of 150 points | found where there is none |") == [
        [str(stories), *(f"{share:.0%}".replace("%", " %") for share in found), f"{alarms:.1%}".replace("%", " %")]
        for stories, found, alarms in power
    ]


def test_what_the_page_says_of_false_alarms_of_changes_is_what_the_tables_say(snapshot):
    series, *rates = false_alarms(snapshot)
    by_step, worst_step, by_block, worst_block = (f"{rate:.1%}".replace("%", " %") for rate in rates)
    assert lines("| search | what was shuffled | false alarms |")[:2] == [
        [
            "change of level",
            f"single stories of {series} series, 200 times each",
            f"in {by_step} of series, {worst_step} in the worst",
        ],
        ["change of level", "blocks of eight weeks, 200 times each", f"in {by_block} of series, {worst_block} in the worst"],
    ]
