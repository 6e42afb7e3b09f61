"""Long runs over the real server, for `make test-long`: ten thousand hostile or odd requests with no fault of ours and nothing given back as markup;
and memory and open handles that do not grow while pages and charts are asked for (design test 36)."""

import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest

from material import ROOT, callback, children, clean_environment, memory_mb

REQUESTS = 10_000
SEED = 20250328

MARK = "<zz9 onload=zz9>"
"""Comes back as markup only where something was not escaped."""
ODD = [MARK, f'"{MARK}', f"'{MARK}", f"--></script>{MARK}", "../../etc/passwd", "\0", "%zz", "\u202e\u200b", "javascript:zz9", "{{7*7}}", "__proto__", "2025-02-30",
       "99999-01-01", "-1", "1e999", "nan", "", " ", "a" * 3000, "'; drop table events; --", "MEX-USA", "all", "chronology", "2025-03-28", "xx", "90", "http://[x"]  # fmt: skip
PATHS = ["/", "/briefing/{}", "/briefing/MEX-USA", "/briefing/MEX-USA.{}", "/pair/{}", "/pair/MEX-USA",
         "/pair/MEX-USA.{}", "/pair/MEX-USA.csv", "/pair/MEX-USA.json", "/compare", "/compare.csv", "/events", "/events.csv",
         "/event/{}", "/measures", "/measures.csv", "/methods", "/status", "/sql", "/embed/{}", "/embed/balance", "/feeds/{}", "/feeds/changes.atom",
         "/feeds/changes.json", "/health", "/metrics", "/{}", "/assets/{}", "/_dash-{}", "/api/v1/{}", "/api/v1/series", "/api/v1/events", "/api/v1/event/{}",
         "/api/v1/ledger", "/api/v1/moved", "/api/v1/measures", "/api/v1/coverage", "/api/v1/sql"]  # fmt: skip
CHARTS = ["/", "/pair/MEX-USA", "/pair/{}", "/compare", "/measures", "/embed/balance"]
NAMES = ["z", "explain", "dataset", "indicator", "domain", "h", "dir", "level", "score", "weight", "mutual", "from", "to", "by", "vs", "at", "event", "as_of", "view", "kind", "q",
         "sort", "page", "per_page", "lang", "theme", "part", "dyad", "day", "chart", "$a", "limit", "format", "min_score", MARK]  # fmt: skip


def odd_address(draw: random.Random, paths: list[str]) -> str:
    """A path of the dashboard with odd values in it, in its query, or in both."""
    path = draw.choice(paths).replace("{}", quote(draw.choice(ODD), safe=draw.choice(["", "/<>\"'"])))
    pairs = [(draw.choice(NAMES), draw.choice(ODD)) for _ in range(draw.choice([0, 1, 1, 2, 3, 5, 45]))]
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    return re.sub(r"[\s\0]", "%20", path) + (f"?{query}" if query else "")


def odd_request(draw: random.Random) -> dict[str, Any]:
    """A page, a file or a question; one time in four a change of a chart, which is a POST; one time in fifty the layout of a page."""
    asked, kind = odd_address(draw, PATHS), draw.random()
    if kind < 0.02:
        return {
            "method": "GET",
            "url": "/_dash-layout",
            "headers": {"Referer": quote(draw.choice([asked, draw.choice(ODD)]), safe="/:?&=[%")},
        }
    if kind < 0.75:
        return {"method": "GET", "url": asked}
    place = draw.choice([*(odd_address(draw, CHARTS) for _ in range(6)), asked, draw.choice(ODD), None, 7, [asked], {"a": asked}])
    return {"method": "POST", "url": "/_dash-update-component", "json": callback(place)}


class Served:
    """Two workers on a free port."""

    def __init__(self, process: subprocess.Popen, address: str):
        self.process = process
        self.address = address

    def memory_mb(self) -> list[int]:
        return [memory_mb(worker) for worker in sorted(children(self.process.pid))]

    def handles(self) -> list[int]:
        return [len(list(Path(f"/proc/{worker}/fd").iterdir())) for worker in sorted(children(self.process.pid))]


@pytest.fixture
def served(published):
    command = [sys.executable, "-m", "bilateral", "serve", "--port", "0", "--workers", "2", "--data", str(published)]
    environment = clean_environment(ROOT) | {"BILATERAL_API_RATE": "1000000 per minute"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        yield Served(process, re.search(r"http://\S+", process.stdout.readline())[0])
        process.terminate()


@pytest.mark.long
def test_ten_thousand_odd_requests_are_never_our_fault_and_never_come_back_as_markup(served):
    draw, answered, wrong = random.Random(SEED), Counter(), []
    with httpx2.Client(base_url=served.address, timeout=60, trust_env=False) as client:
        for _ in range(REQUESTS):
            asked = odd_request(draw)
            answer = client.request(**asked)
            answered[asked["method"], answer.status_code] += 1
            is_page = answer.headers.get("Content-Type", "").startswith(("text/html", "application/atom+xml", "image/svg"))
            if answer.status_code >= 500 or ((is_page or asked["method"] == "POST") and MARK in answer.text):
                wrong.append((answer.status_code, asked))
    print(dict(answered))
    assert wrong == [], f"{len(wrong)} of {REQUESTS}, {dict(answered)}"
    codes = {code for _, code in answered}
    assert {200, 404} <= codes <= {200, 204, 301, 302, 308, 400, 403, 404, 405, 413, 414, 421, 431}
    assert answered["POST", 200] > REQUESTS / 20


# ------------------------------------------------------------------ memory and handles

ROUNDS, PAGES_A_ROUND, CALLBACKS_A_ROUND = 8, 25, 250


def address_of_a_chart(draw: random.Random) -> str:
    """One of so many addresses that hardly one is asked for twice."""
    query = {
        "domain": draw.choice(["all", "trade", "migration", "security"]),
        "h": draw.choice([30, 90, 365]),
        "from": f"{draw.randint(2016, 2024)}-{draw.randint(1, 12):02}-01",
        "by": draw.choice(["day", "week", "month"]),
        "lang": draw.choice(["en", "es"]),
    }
    return f"/pair/{draw.choice(['MEX-USA', 'CAN-USA', 'CHN-USA', 'COL-USA', 'CAN-MEX'])}?{urlencode(query)}"


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="memory and handles are read from /proc")
def test_36_memory_and_open_handles_do_not_grow_with_pages_and_callbacks(served):
    """The first half fills what is kept on purpose; at no time after it is a worker more than a tenth above its highest until then.

    Highest against highest, as what a worker holds goes up and down by a tenth from one reading to the next.
    """
    draw, memory, handles = random.Random(SEED), [], []
    for number in range(ROUNDS):
        with httpx2.Client(base_url=served.address, timeout=60, trust_env=False) as client:
            for _ in range(PAGES_A_ROUND):
                assert client.get(address_of_a_chart(draw), headers={"Connection": "close"}).status_code == 200
            for _ in range(CALLBACKS_A_ROUND):
                answer = client.post(
                    "/_dash-update-component", json=callback(address_of_a_chart(draw)), headers={"Connection": "close"}
                )
                assert answer.status_code == 200
        memory.append(served.memory_mb())
        handles.append(served.handles())
        print(
            f"after {(number + 1) * PAGES_A_ROUND} pages and {(number + 1) * CALLBACKS_A_ROUND} callbacks: {memory[-1]} MB, {handles[-1]} handles"
        )
    half = ROUNDS // 2
    assert [len(found) for found in memory] == [2] * ROUNDS
    assert all(late <= 1.1 * early for early, late in zip(highest(memory[:half]), highest(memory[half:]), strict=True))
    assert all(late <= early + 2 for early, late in zip(highest(handles[:half]), highest(handles[half:]), strict=True))


def highest(readings: list[list[int]]) -> list[int]:
    """The highest of each worker."""
    return [max(of_worker) for of_worker in zip(*readings, strict=True)]
