"""Writes docs/validation.md: how far the indicators agree with published series."""

import argparse
import sys
from pathlib import Path

from bilateral.ask.warehouse import Warehouse
from bilateral.commands.options import settings
from bilateral.evaluation import validation
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bilateral.commands.validation", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the published series")
    parser.add_argument("--data", type=Path, help="folder of data whose snapshot is asked; else BILATERAL_DATA, else .data")
    parser.add_argument("--page", type=Path, default=Path("docs/validation.md"), help="where the page is written")
    given = parser.parse_args()
    try:
        text = validation.page(given.folder, Warehouse(settings(data=given.data).data))
    except (Stop, snapshots.NoSnapshot) as stop:
        sys.stderr.write(f"{stop}\n")
        return int(getattr(stop, "code", Exit.UNAVAILABLE))
    given.page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
