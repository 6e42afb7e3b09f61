"""The door under load: /health beside 100 slow clients of each of four sorts, a page beside 1,000 idle connections, pages beside 16 guessers of passwords.

python -m bench.door [FOLDER]: the data to serve, else those of the seeds, made anew. Prints seconds; ratios of one run are what counts.
"""

import base64
import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from material import ROOT, clean_environment
from slow_clients import DROPS, health_times, slow_clients

PAGE, GUESSERS = "/pair/MEX-USA", 16
PROGRAM = [sys.executable, "-m", "bilateral"]


@contextmanager
def served(data: Path, **settings: str) -> Iterator[str]:
    """Two workers; gives their address once both have made a page."""
    command = [*PROGRAM, "serve", "--port", "0", "--workers", "2", "--data", str(data)]
    with subprocess.Popen(command, env=clean_environment(ROOT) | settings, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found, "the server did not start"
            yield found[0]
        finally:
            server.terminate()


def page_times(address: str, seconds: float, auth: tuple[str, str] | None = None) -> list[float]:
    """Seconds of one reader's pages at new addresses, one after the other."""
    times, end = [], time.monotonic() + seconds
    with httpx2.Client(base_url=address, auth=auth, timeout=60, trust_env=False) as client:
        while time.monotonic() < end:
            began = time.monotonic()
            client.get(PAGE, params={"x": str(began)}).raise_for_status()
            times.append(time.monotonic() - began)
    return times


def said(times: list[float]) -> str:
    return f"median {statistics.median(times) * 1000:.0f} ms, largest {max(times) * 1000:.0f} ms, {len(times)} of them"


def slow(data: Path) -> None:
    with served(data) as address:
        page_times(address, 3)
        print("/health without:", said(health_times(address, 5)), flush=True)
        for sort in DROPS:
            with slow_clients(address, sort, 100):
                print(f"/health beside 100 slow {sort}:", said(health_times(address, 10)), flush=True)
        print("pages without:", said(page_times(address, 5)), flush=True)
        with slow_clients(address, "headers", 1000, pause=2):
            print("pages beside 1,000 connections that stay open:", said(page_times(address, 5)), flush=True)


def guessing(data: Path, folder: Path) -> None:
    passwords = folder / "passwords"
    line = subprocess.run(
        [*PROGRAM, "password", "ana"], input="horse\n", env=clean_environment(ROOT), capture_output=True, text=True, check=True
    )
    passwords.write_text(line.stdout, encoding="utf-8")
    with served(data, BILATERAL_PASSWORDS=str(passwords)) as address:
        page_times(address, 3, ("ana", "horse"))
        print("pages without guessers:", said(page_times(address, 8, ("ana", "horse"))), flush=True)
        with subprocess.Popen(
            [sys.executable, "-m", "bench.door", "guess", address], stdout=subprocess.PIPE, text=True
        ) as guessers:
            print(f"pages beside {GUESSERS} guessers:", said(page_times(address, 8, ("ana", "horse"))), flush=True)
            guessers.terminate()
            guessers.wait()
        with httpx2.Client(base_url=address, auth=("ana", "horse"), trust_env=False) as client:
            counted = dict(
                re.findall(r'http_requests_total\{.*route="other",status="(\d+)"\} (\S+)', client.get("/metrics").text)
            )
        print(f"guesses: {counted.get('401')} looked at, {counted.get('429')} told to wait", flush=True)


def guess(address: str) -> None:
    """Guess on as many connections as there are guessers until ended."""
    parts = urlsplit(address)

    def go_on(number: int) -> None:
        client, n = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60), 0
        while True:
            n += 1
            name = base64.b64encode(f"ana:guess {number} {n}".encode()).decode()
            client.request("GET", "/status", headers={"Authorization": f"Basic {name}"})
            client.getresponse().read()

    for number in range(GUESSERS):
        threading.Thread(target=go_on, args=(number,)).start()


if __name__ == "__main__" and sys.argv[1:2] == ["guess"]:
    guess(sys.argv[2])
elif __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made) / "data"
        subprocess.run([*PROGRAM, "refresh", "--quiet", "--data", str(data)], env=clean_environment(ROOT), check=True)
        slow(data)
        guessing(data, Path(made))
