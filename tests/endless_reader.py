"""A reader as a process: asks the current snapshot again and again until its standard input ends, then prints what it saw as JSON.

python endless_reader.py DATA: what a page does, one open warehouse. python endless_reader.py DATA sql: `bilateral sql`, a process a question.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path

QUESTION = "select count(*), count(distinct report_id), (select count(*) from events), (select count(distinct event_id) from events) from reports"


def page(data: Path):
    from bilateral.ask.warehouse import Warehouse

    warehouse = Warehouse(data)
    return lambda: warehouse.cursor().execute(QUESTION).fetchone()


def command(data: Path):
    def ask():
        asked = [sys.executable, "-m", "bilateral", "sql", QUESTION, "--format", "csv", "--data", str(data)]
        ended = subprocess.run(asked, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise RuntimeError(ended.stderr)
        return map(int, ended.stdout.splitlines()[1].split(","))

    return ask


def main(data: str, kind: str = "page") -> None:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    ask = (command if kind == "sql" else page)(Path(data))
    asked, errors, seen = 0, [], set()
    while not ended.is_set() or not asked:
        try:
            seen.add(tuple(ask()))
        except Exception as error:
            errors.append(repr(error))
        asked += 1
        ended.wait(0.5 if kind == "sql" else 0.1)
    print(json.dumps({"asked": asked, "errors": errors, "seen": sorted(seen)}))


main(*sys.argv[1:])
