"""docs/method.md: its example is what the tables say, its files are there, and no indicator is missing."""

import re
from datetime import date
from html import unescape

import pytest

from bilateral.ask import event_lists
from bilateral.compute.queries import read
from bilateral.evaluation import calibration, worlds
from bilateral.strings import texts
from bilateral.web.app import make_app
from material import ROOT

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
    assert [name for name in (row["name"] for row in worlds.seed("method.csv")) if f"`{name}`" not in PAGE] == []


def test_the_acts_of_the_article_are_those_of_the_table(snapshot):
    rows = snapshot.execute("""
        select strftime(event_day, '%-d %b'), directed_dyad, code, split_part(kind, ' ', 1), sign, score
        from events where dataset = 'articles' and dyad = 'MEX-USA' order by event_id
    """).fetchall()
    shown = [
        [day, dyad, code, "statement" if kind == "verbal" else "action", minus(f"{sign:+d}"), minus(f"{score:+.1f}")]
        for day, dyad, code, kind, sign, score in rows
    ]
    written = lines("| day | actor > target | code | what happened | type | sign | score |")
    assert [[*row[:3], *row[4:]] for row in written] == shown


@pytest.fixture
def ledger(snapshot) -> list[tuple]:
    return snapshot.execute(f"""
        select code, date_diff('day', event_day, {DAY}), decay, sign, contribution, without_story
        from ledger('articles', 'MEX-USA', 'all', 90, 'balance', {DAY}) order by event_id
    """).fetchall()


def test_the_sums_by_hand_are_those_of_the_ledger(ledger):
    *acts, total = lines("| event | age, days | c | sign | c × sign |")
    assert acts == [
        [code, str(age), f"{c:.3f}", minus(f"{sign:+d}"), minus(f"{c * sign:+.3f}")] for code, age, c, sign, _, _ in ledger
    ]
    n, s = sum(row[2] for row in ledger), sum(row[2] * row[3] for row in ledger)
    assert total == ["sum", "", f"N = {n:.3f}", "", f"S = {s:+.3f}"]


def test_what_each_act_adds_is_what_the_ledger_says(ledger):
    assert lines("| event | contribution | balance without it |") == [
        [code, minus(f"{adds:+.2f}"), minus(f"{without:+.2f}")] for code, _, _, _, adds, without in ledger
    ]


def test_evidence_band_and_state_of_the_example_are_those_of_the_tables(snapshot, ledger):
    found = f"select balance, balance_low, balance_high, evidence, state from indicator_day where dyad = 'MEX-USA' and day = {DAY} and dataset = "
    balance, *_, evidence, state = snapshot.execute(found + "'articles'").fetchone()
    assert (balance, state) == (None, "too few")
    assert f"= **{sum(row[4] for row in ledger):.1f}** (`queries" in PAGE
    assert f"E = **{evidence:.1f}**" in PAGE
    assert "article's 0.0 is **too few**" in PAGE
    balance, low, high, evidence, state = snapshot.execute(found + "'chronology'").fetchone()
    assert state == "ok"
    assert minus(f"has E = {evidence:.1f}, so it may be shown: {balance:.1f}, from {low:.1f} to {high:+.1f}") in PAGE


def test_the_parts_on_the_page_are_those_of_the_tables_and_sum_to_the_balance(snapshot):
    call = f"contributions('chronology', 'MEX-USA', 'all', 90, 'balance', {DAY})"
    by_doer = dict(snapshot.execute(f"select doer, sum(contribution) from {call} group by 1").fetchall())
    by_kind = dict(snapshot.execute(f"select is_deed, sum(contribution) from {call} group by 1").fetchall())
    told = [by_doer["MEX"], by_doer["USA"], by_doer["together"], by_kind[False], by_kind[True]]
    assert [cells[2] for cells in lines("| grouping | component | points |")] == [minus(f"{part:+.1f}") for part in told]
    (balance,) = snapshot.execute(
        f"select balance from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and day = {DAY}"
    ).fetchone()
    assert sum(by_doer.values()) == pytest.approx(balance, abs=1e-9)
    assert sum(by_kind.values()) == pytest.approx(balance, abs=1e-9)


def test_the_number_of_happenings_on_the_page_is_that_of_the_tables(snapshot):
    n, happenings = snapshot.execute(
        "select sum(n_events), count(*) from happenings where dataset = 'chronology' and dyad = 'MEX-USA'"
    ).fetchone()
    assert f"MEX-USA has {n} acts in {happenings} happenings" in PAGE


def test_what_the_page_says_of_signs_changes_answers_and_links_is_what_the_tables_say(snapshot):
    intensity, low, high, distinct, same, turned = snapshot.execute("""
        select intensity, lowest, highest, n_distinct, n_same_sign, turned_by from sign_check
        where dataset = 'articles' and dyad = 'MEX-USA' and month = '2025-03-01'
    """).fetchone()
    assert minus(f"{distinct} different intensities of MEX-USA from {low:.2f} to {high:.2f}, and {same} of them") in PAGE
    assert minus(f"have the sign of ours, {intensity:.2f}") in PAGE
    assert turned == ["score table sign"]
    found, searched, p = snapshot.execute("""
        select sum(n_changes), count(*) filter (where state = 'searched'), max(p) filter (where dyad = 'COL-USA' and domain = 'all')
        from change_point_series where dataset = 'chronology'
    """).fetchone()
    assert (found == 0) == ("In the chronology no series passes" in PAGE)
    assert f"fit as well in {p:.1%} of cases, and among {searched} series".replace("%", " %") in PAGE
    most = snapshot.execute(
        "select max(n_both) filter (where period = 'week'), max(n_both) filter (where period = 'month') from reciprocity"
    ).fetchone()
    assert f"the best pair of the chronology has {most[0]}" in PAGE
    assert f"By months MEX-USA has {most[1]} of the 36 needed" in PAGE
    links, reached = snapshot.execute(
        "select count(*), count(*) filter (where q <= 0.05) from linkage where dataset = 'chronology'"
    ).fetchone()
    assert f"Of {links} links in the chronology, {reached} reach 5 %" in PAGE


def test_what_the_page_says_of_bands_is_what_the_table_says():
    """Its three tables are those that `python -m bilateral.evaluation.calibration` prints: worst cells and what chance moves them by among them."""
    rows = band_coverage()
    for table in (calibration.of_balances(rows), calibration.of_others(rows), calibration.of_ends(rows)):
        assert table in PAGE
    (lowest, *_) = sorted(calibration.cells(rows, "ok", "balance"), key=lambda row: row["n_held"] / row["n_draws"])
    assert f"the worst cell of balances is {calibration.cell(lowest)}" in PAGE


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_methods_page_names_the_worst_cells_of_the_table(lang):
    ends = []
    for indicator in ("balance", "deeds", "asymmetry"):
        shares = [calibration.coverage([row]) for row in calibration.cells(band_coverage(), "ok", indicator)]
        ends += [min(shares), max(shares)]
    wandering = [row for row in band_coverage() if row["world"].startswith("wandering") and row["indicator"] == "balance"]
    ends.append(min(row["n_held_today"] / row["n_draws"] for row in wandering if row["state"] == "ok"))
    assert re.findall(r"\d+\.\d%", texts(lang)("methods.validity_bands")) == [f"{share:.1%}" for share in ends]


def band_coverage() -> list[dict]:
    kept = ("world", "indicator", "state")
    return [
        {name: value if name in kept else float(value) for name, value in row.items()} for row in worlds.seed("band_coverage.csv")
    ]


def test_what_the_page_says_of_a_change_is_what_the_tables_say(snapshot):
    change, half_width, state = snapshot.execute(
        f"select change, half_width, state from changed('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-01', {DAY})"
    ).fetchone()
    assert state == "ok"
    assert f"went {change:+.1f} points, of which chance alone makes up to {half_width:.1f}" in PAGE


def test_what_the_page_says_of_false_alarms_and_power_is_what_the_tables_say(snapshot):
    def percent(share: float, decimals: int = 1) -> str:
        return f"{share:.{decimals}%}".replace("%", " %")

    alarms = snapshot.execute("""
        select world, max(share) filter (where indicator = 'tension'), max(share) filter (where indicator = 'change points')
        from false_alarms group by 1
    """).fetchall()
    *table, shuffled = lines(
        "| world | tension above 2.5, worst share of days | change points, worst share of series | links with q ≤ 5 % |"
    )
    assert sorted(table) == sorted([world, percent(tension), percent(changes), "–"] for world, tension, changes in alarms)
    assert shuffled[1:3] == ["–", "–"]
    power = snapshot.execute("""
        select world, n_stories, list(share_found order by size) filter (where size > 0), max(share_found) filter (where size = 0)
        from power group by 1, 2 order by 1, 2
    """).fetchall()
    table = lines("| world | stories | step of 50 points found | of 100 points | of 150 points | found where there is none |")
    assert table == [
        [world, str(stories), *(percent(share, 0) for share in found), percent(none, 0)] for world, stories, found, none in power
    ]


def test_what_the_page_says_of_density_and_of_the_line_is_what_the_tables_say(snapshot):
    before, since, month = snapshot.execute("""
        select round(acts_a_year), round(acts_a_year_now), strftime(day, '%B %Y') from density_breaks
        where dataset = 'chronology' and dyad = 'MEX-USA'
    """).fetchone()
    assert f"of MEX-USA it lists {before:.0f} acts a year before {month} and {since:.0f} since" in PAGE
    (above,) = snapshot.execute("""
        select avg((tension > 2.5)::integer) from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and is_covered
    """).fetchone()
    assert f"above the line on {above:.1%}".replace("%", " %") in PAGE


def test_shares_of_sides_are_those_of_the_acts_as_they_are(warehouse):
    sides = event_lists.sides(warehouse, "chronology", "MEX-USA", "all", date(2024, 10, 1), date(2100, 1, 1)).set_index(
        "source_side"
    )
    n, share = sides.loc["government of MEX", ["n_events", "share"]]
    assert f"since October 2024, {100 * share:.0f} % come from pages of the\nMexican government" in PAGE
    seeds = (ROOT / "seeds" / "README.md").read_text(encoding="utf-8")
    assert f"MEX-USA ({n:.0f} of {sides['n_events'].sum()} acts, {100 * share:.0f} %" in seeds


def test_what_the_page_says_of_meetings_scores_and_fading_is_what_the_tables_give(snapshot):
    ways = [
        snapshot.execute(
            f"select balance from series_mutual('chronology', 'USA>MEX', 'all', 30, '{way}') where day = {DAY}"
        ).fetchone()[0]
        for way in ("apart", "both", "coded")
    ]
    said = "stands on 2025-03-28 at {:.0f}; with\nmeetings for both at {:+.0f}, as coded at {:.0f}".format(*ways)
    assert minus(said.replace("2025-03-28", "DAY")).replace("DAY", "2025-03-28") in PAGE
    wrong, listed, least, most = snapshot.execute("""
        select count(*) filter (listed_score * sign < 0), count(*), max(listed_score) filter (listed_score * sign < 0),
            min(listed_score) filter (listed_score * sign < 0)
        from score_tables inner join event_codes using (code) where score_table = 'goldstein-gdelt' and code = matched_code
    """).fetchone()
    assert f"{wrong} of {listed}\n  codes of `goldstein-gdelt` had one" in PAGE
    assert minus(f"of cooperation with {least:.1f} to {most:.1f}") in PAGE
    (kappa,) = snapshot.execute("select any_value(kappa) from method").fetchone()
    n = kappa * 0.72 / (1 - 0.72)  # all friendly acts of a balance of +72, a quarter of which is left after two half-lives
    assert f"+72 becomes {100 * n / 4 / (n / 4 + kappa):+.0f} in 180 days" in PAGE
    days = next(day for day in range(90) if 2 ** (-day / 90) < 0.8)
    assert f"falls to partial after {days} days at a half-life of 90" in PAGE


def test_what_the_page_on_methods_says_of_false_alarms_is_what_the_table_says(snapshot):
    tension, changes = snapshot.execute("""
        select max(share) filter (where indicator = 'tension'), max(share) filter (where indicator = 'change points')
        from false_alarms
    """).fetchone()
    for lang in ("en", "es"):
        said = texts(lang)("methods.validity_alarms").replace(" %", "%")
        assert [f"{tension:.1%}" in said, f"{changes:.1%}" in said] == [True, True]


@pytest.mark.parametrize("name", ["method", "validation"])
def test_the_whole_text_is_a_page_that_the_page_on_methods_leads_to(published, name):
    client = make_app(published).server.test_client()
    for lang in ("en", "es"):
        query = "" if lang == "en" else "?lang=es"
        assert f'href="/{name}{query}"' in client.get(f"/methods{query}").text
        page = client.get(f"/{name}{query}").text
        own = ROOT / "docs" / ("" if lang == "en" else lang) / f"{name}.md"
        is_translated = own.exists()
        assert ("Este texto está en inglés." in page) == (not is_translated)
        begun, article = re.search(r"(<article [^>]*>)(.*?)</article>", page, re.DOTALL).groups()
        assert f'lang="{lang if is_translated else "en"}"' in begun
        article = re.sub(r"<caption>Tabl[ea] \d+</caption>", "", article)
        told = re.findall(r"\w+", unescape(re.sub(r"<[^>]+>", " ", article)))
        path = own if is_translated else ROOT / "docs" / f"{name}.md"
        written = path.read_text(encoding="utf-8").split("\n", 1)[1]
        assert told == re.findall(r"\w+", re.sub(r"\n\|[-|: ]+\|(?=\n)|(?<=\n)\d\. ", " ", written))
        assert article.count("<table>") == article.count("</table></div>") == len(re.findall(r"\n\|[-|: ]+\|\n", written))


def test_without_machine_coded_data_the_page_on_methods_says_that_none_is_loaded(published):
    client = make_app(published).server.test_client()
    for lang in ("en", "es"):
        page = client.get(f"/methods?lang={lang}").text
        assert texts(lang)("gate.none_loaded") in page
        assert not re.search(r"\b0 (of|de) 0\b", page)
