"""How long the server takes to answer a change of a control: one callback a page and part, over many addresses.

`make bench-callbacks` runs it over the shipped data; DATA=folder takes another data folder, DATASET=gdelt another of its datasets. A callback goes through the whole application
in this process: routes, kept answers, page, figures, JSON, compression. Three of them are timed for each address:

first   nothing is kept: the page is asked for the first time since a snapshot was published
change  a reader who has it open changes period, range, pair or language; nobody has asked for that before
again   somebody asked for the same address before

`cpu` is processor time of the process, which other work on the machine does not lengthen. The last lines are questions alone.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from bilateral.ask import coverage, time_series
from bilateral.pages.site import Site
from bilateral.publish.refresh import refresh
from bilateral.web import app
from bilateral.web.server import settle
from material import callback

PAGES = {
    "overview": ("/", {}),
    "pair": ("/pair/{pair}", {}),
    "pair at a day": ("/pair/{pair}", {"at": "{day}"}),
    "pair, days": ("/pair/{pair}", {"part": "days"}),
    "pair, checks": ("/pair/{pair}", {"part": "checks"}),
    "compare": ("/compare", {}),
    "measures": ("/measures", {"pair": "{pair}"}),
    "embed": ("/embed/balance", {"pair": "{pair}"}),
    "pair, one subject": ("/pair/{pair}", {"domain": "trade"}),
}
"""Pages with charts and how they are opened. The series of one subject is computed when it is asked for, all others are in the snapshot."""
CHANGES = ({"by": "month"}, {"from": "2024-01-01", "to": "2024-12-31"}, {"at": "2024-06-14"}, {"lang": "es"})
TIMES = 16


def addresses(name: str, pairs: tuple[str, ...], dataset: str) -> list[tuple[str, str]]:
    """How a page is opened, and the same after one change; the same ones at each run."""
    chance = random.Random(name)
    path, asked = PAGES[name]
    made = []
    for number in range(TIMES):
        named = {"pair": chance.choice(pairs), "day": f"{chance.randint(2018, 2025)}-{chance.randint(1, 12):02}-15"}
        query = {key: value.format(**named) for key, value in asked.items()} | {"dataset": dataset}
        changed = query | CHANGES[number % len(CHANGES)]
        made.append((f"{path.format(**named)}?{urlencode(query)}", f"{path.format(**named)}?{urlencode(changed)}"))
    return made


def post(client, address: str, visitor: int) -> None:
    """Ask for the answer to an address as the browser does; another visitor is one whose answers are not kept yet."""
    headers = {"Accept-Encoding": "br, gzip", "Accept-Language": f"en;q=0.{visitor}"}
    answer = client.post("/_dash-update-component", json=callback(address), headers=headers)
    assert answer.status_code == 200, (address, answer.status)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time of a call, ms."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def line(name: str, kind: str, times: list[tuple[float, float]]) -> str:
    """Median and 95th percentile of wall and processor time."""
    cuts = [statistics.quantiles(column, n=20, method="inclusive") for column in zip(*times, strict=True)]
    wall, cpu = (f"{cut[9]:8.1f} {cut[18]:8.1f}" for cut in cuts)
    return f"{name:<22} {kind:<7} {len(times):>4} {wall}  {cpu}"


def measure(folder: Path, dataset: str = "chronology") -> None:
    site = Site(folder, stale_hours=0)
    app.Site = lambda *_: site  # so that what it keeps can be forgotten here
    client = app.make_app(folder, stale_hours=0).server.test_client()
    pairs = site.lists().dyads
    settle()
    print(f"{'ms':<22} {'':<7} {'n':>4} {'p50':>8} {'p95':>8}  {'cpu p50':>8} {'cpu p95':>8}")
    totals: dict[str, list[tuple[float, float]]] = {"first": [], "change": [], "again": []}
    visitor = 1000
    for name in PAGES:
        post(client, addresses(name, pairs, dataset)[0][0], 1000)  # loads modules
        times: dict[str, list[tuple[float, float]]] = {kind: [] for kind in totals}
        for opened, changed in addresses(name, pairs, dataset):
            visitor += 1
            forget(site)
            for kind, asked in (("first", opened), ("change", changed), ("again", changed)):
                times[kind].append(timed(lambda asked=asked, visitor=visitor: post(client, asked, visitor)))
        for kind, taken in times.items():
            totals[kind] += taken if name != "pair, one subject" else []
            print(line(name, kind, taken), flush=True)
    for kind, taken in totals.items():
        print(line("all in the snapshot", kind, taken))
    for question, ask in questions(site, pairs, dataset).items():
        print(line(question, "", [timed(lambda ask=ask, pair=pair: ask(pair)) for pair in pairs * 5]))


def forget(site: Site) -> None:
    """As after a new snapshot; the lists stay, which are read once for all."""
    getattr(site.warehouse, "_kept", {}).clear()


def questions(site: Site, pairs: tuple[str, ...], dataset: str) -> dict[str, Callable[[str], object]]:
    """The questions behind the headline chart, of any pair, over its whole time."""
    scopes = {pair: site.lists().scope(dataset, pair, "all", None) for pair in pairs}
    spans = {pair: coverage.span(site.warehouse, dataset, pair) for pair in pairs}
    daily = """select day, balance, balance_low, balance_high, n_events, state from indicator_day
        where dataset = ? and dyad = ? and domain = 'all' and half_life_days = ? order by day"""
    cursor = site.warehouse.cursor()

    def weekly(pair: str) -> None:
        forget(site)
        time_series.series(site.warehouse, scopes[pair], "week", *spans[pair], full=False)

    return {
        "chart query, daily": lambda pair: cursor.execute(daily, [dataset, pair, scopes[pair].half_life_days]).fetchnumpy(),
        "chart rows, weekly": weekly,
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]), *sys.argv[2:])
    else:
        with tempfile.TemporaryDirectory() as folder:
            published = refresh(Path(folder))
            assert published.exit_code == 0, published.message
            measure(Path(folder))
