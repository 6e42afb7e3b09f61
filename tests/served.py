"""The dashboard as it really runs: two workers on a free port."""

import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from material import PATIENCE, ROOT, children, clean_environment, wait_until


@dataclass
class Served:
    """A server process and its address."""

    process: subprocess.Popen
    address: str

    def get(self, path: str) -> httpx2.Response:
        """One answer over a connection of its own, so that any worker may give it."""
        return httpx2.get(self.address + path, timeout=PATIENCE, trust_env=False)

    def workers(self) -> set[int]:
        return children(self.process.pid)

    def replaced(self, gone: set[int]) -> set[int]:
        """The workers, once there are two and none of those that must go."""
        wait_until(lambda: len(self.workers()) == 2 and not self.workers() & gone, f"two workers are there, and {gone} are gone")
        return self.workers()


@contextmanager
def serving(data: Path, program: tuple[str, ...] = ("-m", "bilateral"), **settings: str):
    """Two workers on a free port over a data folder."""
    command = [sys.executable, *program, "serve", "--port", "0", "--workers", "2", "--data", str(data)]
    environment = clean_environment(ROOT) | settings
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            served = Served(process, re.search(r"http://\S+", process.stdout.readline())[0])
            served.replaced(set())
            assert served.get("/health").status_code == 200
            yield served
        finally:
            process.terminate()
