"""Long runs over the real server, for `make test-long`: ten thousand hostile or odd requests with no fault of ours and nothing given back as markup."""

import random
import re
import subprocess
import sys
from collections import Counter
from urllib.parse import quote

import httpx2
import pytest
from material import ROOT, clean_environment

REQUESTS = 10_000
SEED = 20250328

MARK = "<zz9 onload=zz9>"
"""Comes back as markup only where something was not escaped."""
ODD = [MARK, f'"{MARK}', f"'{MARK}", f"--></script>{MARK}", "../../etc/passwd", "\0", "%zz", "\u202e\u200b", "javascript:zz9", "{{7*7}}", "__proto__", "2025-02-30",
       "99999-01-01", "-1", "1e999", "nan", "", " ", "a" * 3000, "'; drop table events; --", "MEX-USA", "all", "chronology", "2025-03-28", "xx", "90"]  # fmt: skip
PATHS = ["/", "/pair/{}", "/pair/MEX-USA", "/pair/MEX-USA.{}", "/pair/MEX-USA.csv", "/pair/MEX-USA.json", "/compare", "/compare.csv", "/events", "/events.csv",
         "/event/{}", "/measures", "/measures.csv", "/methods", "/status", "/sql", "/embed/{}", "/embed/balance", "/feeds/{}", "/feeds/changes.atom",
         "/feeds/changes.json", "/health", "/metrics", "/{}", "/assets/{}", "/_dash-{}", "/api/v1/{}", "/api/v1/series", "/api/v1/events", "/api/v1/event/{}",
         "/api/v1/ledger", "/api/v1/moved", "/api/v1/measures", "/api/v1/coverage", "/api/v1/sql"]  # fmt: skip
NAMES = ["dataset", "indicator", "domain", "h", "dir", "level", "score", "weight", "mutual", "from", "to", "by", "vs", "at", "event", "as_of", "view", "kind", "q",
         "sort", "page", "per_page", "lang", "theme", "part", "dyad", "day", "chart", "$a", "limit", "format", "min_score", MARK]  # fmt: skip


def odd_address(draw: random.Random) -> str:
    """A path of the dashboard with odd values in it, in its query, or in both."""
    path = draw.choice(PATHS).replace("{}", quote(draw.choice(ODD), safe=draw.choice(["", "/<>\"'"])))
    pairs = [(draw.choice(NAMES), draw.choice(ODD)) for _ in range(draw.choice([0, 1, 1, 2, 3, 5, 45]))]
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    return re.sub(r"[\s\0]", "%20", path) + (f"?{query}" if query else "")


@pytest.fixture
def address(published):
    command = [sys.executable, "-m", "dashboard", "serve", "--port", "0", "--workers", "2", "--data", str(published)]
    environment = clean_environment(ROOT) | {"BILATERAL_API_RATE": "1000000 per minute"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        yield re.search(r"http://\S+", process.stdout.readline())[0]
        process.terminate()


@pytest.mark.long
def test_ten_thousand_odd_requests_are_never_our_fault_and_never_come_back_as_markup(address):
    draw, answered, wrong = random.Random(SEED), Counter(), []
    with httpx2.Client(base_url=address, timeout=60, trust_env=False) as client:
        for _ in range(REQUESTS):
            asked = odd_address(draw)
            answer = client.get(asked)
            answered[answer.status_code] += 1
            is_page = answer.headers.get("Content-Type", "").startswith(("text/html", "application/atom+xml", "image/svg"))
            if answer.status_code >= 500 or (is_page and MARK in answer.text):
                wrong.append((answer.status_code, asked))
    print(dict(answered))
    assert wrong == [], f"{len(wrong)} of {REQUESTS}, {dict(answered)}"
    assert {200, 404} <= answered.keys() <= {200, 301, 302, 308, 400, 403, 404, 405, 413, 414, 421}
