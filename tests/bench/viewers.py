"""A hundred viewers at once for a minute, with wrk: 75 open pages and files, 25 change a control, each reads for one to four seconds in between.

python -m bench.viewers [FOLDER]: the data to serve, else those of the seeds, made anew. Prints errors, times, and the memory of each worker.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from material import ROOT, children, clean_environment, memory_mb

SECONDS = 60
VIEWERS = {"pages": 75, "callbacks": 25}


def memory(server: int) -> list[str]:
    """Resident memory of each worker."""
    return [f"{memory_mb(worker)} MB" for worker in sorted(children(server))]


def viewers(address: str, seconds: int) -> dict[str, dict]:
    """What both kinds of viewers met, asking at the same time."""
    script = str(Path(__file__).with_name("viewers.lua"))
    started = {
        kind: subprocess.Popen(
            ["wrk", "-t1", f"-c{number}", f"-d{seconds}s", "--timeout", "60s", "-s", script, address, "--", kind],
            stdout=subprocess.PIPE,
            text=True,
        )
        for kind, number in VIEWERS.items()
    }
    return {kind: json.loads(process.communicate()[0].splitlines()[-1]) for kind, process in started.items()}


def main(data: Path) -> None:
    program = [sys.executable, "-m", "bilateral"]
    environment = clean_environment(ROOT)
    subprocess.run([*program, "refresh", "--quiet", "--data", str(data)], env=environment, check=True)
    command = [*program, "serve", "--port", "0", "--workers", "2", "--data", str(data)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found, "the server did not start"
            viewers(found[0], 5)  # both workers have answered
            print("memory before", *memory(server.pid), flush=True)
            for kind, met in viewers(found[0], SECONDS).items():
                print(f"{VIEWERS[kind]} viewers, {kind}: {met}", flush=True)
            print("memory after", *memory(server.pid), flush=True)
        finally:
            server.terminate()


if __name__ == "__main__":
    if not shutil.which("wrk"):
        sys.exit("wrk is not on this machine; most systems have a package of this name")
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
