"""Which acts count as cases, the false discovery rate, and what the chronology says when its dates are shuffled."""

import numpy as np

from bilateral.compute.statistics import linkage

CALENDAR = """
    dataset  dyad     day
    wire     MEX-USA  2025-03-03
    wire     MEX-USA  2025-03-27
"""
CURATED = """
    dataset  is_curated
    wire     true
"""
EVENTS = """
    event_id  dataset  dyad     directed_dyad  event_day   domain     sign  is_mutual  is_backdated
    1         wire     MEX-USA  USA>MEX        2025-03-03  trade      -1    false      false
    2         wire     MEX-USA  USA>MEX        2025-03-03  trade      -1    false      false
    3         wire     MEX-USA  MEX>USA        2025-03-04  trade      1     true       false
    4         wire     MEX-USA  USA>MEX        2025-03-05  trade      1     true       false
    5         wire     MEX-USA  USA>MEX        2025-03-06  trade      -1    false      true
    6         wire     MEX-USA  USA>MEX        2025-03-27  trade      -1    false      false
    7         wire     MEX-USA  USA>MEX        2025-03-26  migration  -1    false      false
"""
NEEDS_TWO = """
    linkage_cases
    2
"""


def test_days_are_cases_and_mutual_acts_are_a_direction_of_their_own(run_model):
    assert run_model(
        "statistics.cases",
        columns=("direction", "domain", "sign", "day", "day_no - first_no", "last_no - first_no"),
        core_events=EVENTS,
        core_calendar=CALENDAR,
        staging_datasets=CURATED,
        staging_method=NEEDS_TWO,
    ) == [
        "MEX-USA trade 1 2025-03-04 1 24",
        "MEX-USA trade 1 2025-03-05 2 24",
        "USA>MEX trade -1 2025-03-03 0 24",
        "USA>MEX trade -1 2025-03-27 24 24",
    ]


def test_a_machine_coded_week_counts_when_it_is_over(run_model):
    lines = run_model(
        "statistics.cases",
        columns=("direction", "day", "last_no - first_no"),
        core_events=EVENTS,
        core_calendar=CALENDAR,
        staging_datasets=CURATED.replace("true", "false"),
        staging_method=NEEDS_TWO,
    )
    assert lines == ["MEX-USA 2025-03-04 20", "MEX-USA 2025-03-05 20"]


def test_q_is_the_false_discovery_rate_of_benjamini_and_hochberg(run_model):
    from scipy.stats import false_discovery_control

    ps = [0.001, 0.008, 0.039, 0.039, 0.041, 0.6, 0.9, 1.0]
    lines = [f"wire A-B a{number} trade 1 b trade 1 7 {p}".split() for number, p in enumerate(ps)]
    names = [
        "dataset",
        "dyad",
        "first_direction",
        "first_domain",
        "first_sign",
        "second_direction",
        "second_domain",
        "second_sign",
        "days",
        "p",
    ]
    table = "\n".join("  ".join(cells) for cells in [names, *lines])
    found = run_model("statistics.linkage", columns=("q",), statistics_links=table)
    assert np.allclose(sorted(map(float, found)), np.sort(false_discovery_control(ps)))


def test_the_kept_q_of_the_chronology_is_the_false_discovery_rate_too(snapshot):
    from scipy.stats import false_discovery_control

    ps, qs = zip(*snapshot.execute("select p, q from linkage where dataset = 'chronology'").fetchall(), strict=True)
    assert len(ps) > 500
    assert np.allclose(false_discovery_control(ps), qs)


def test_shuffled_dates_of_the_chronology_link_nothing(snapshot):
    """The dates of every act shuffled within 90 days; then each sort moved as a whole by years, which keeps its bursts."""
    from scipy.stats import false_discovery_control

    cases = snapshot.execute("from statistics.cases order by dataset, dyad, direction, domain, sign, day").fetchnumpy()
    for name, shuffle in (("shuffled within 90 days", jittered), ("moved by years", moved)):
        links = linkage.links(shuffle(cases, np.random.default_rng(1)))
        ps = np.array([link[-2] for link in links])
        qs = false_discovery_control(ps)
        print(
            f"\nlinkage, dates {name}: q <= .05 in {np.mean(qs <= 0.05):.1%}, p <= .05 in {np.mean(ps <= 0.05):.1%} of {len(ps)} links"
        )
        assert len(ps) > 500
        assert np.mean(qs <= 0.05) <= 0.01
        assert np.mean(ps <= 0.05) <= 0.06


def jittered(cases: dict, random: np.random.Generator) -> dict:
    days = cases["day_no"] + random.integers(-linkage.REACH, linkage.REACH + 1, len(cases["day_no"]))
    inside = [
        linkage.reflected(day, (int(a), int(b))) for day, a, b in zip(days, cases["first_no"], cases["last_no"], strict=True)
    ]
    return dict(cases) | {"day_no": np.array(inside)}


def moved(cases: dict, random: np.random.Generator) -> dict:
    keys = list(zip(cases["dyad"], cases["direction"], cases["domain"], cases["sign"], strict=True))
    days = np.array(cases["day_no"])
    for key in dict.fromkeys(keys):
        places = [place for place, other in enumerate(keys) if other == key]
        first, length = cases["first_no"][places[0]], cases["last_no"][places[0]] - cases["first_no"][places[0]] + 1
        days[places] = first + (days[places] - first + random.integers(200, length - 200)) % length
    return dict(cases) | {"day_no": days}
