"""Writes docs/validation.md, and its translations in docs/es and so on: how far the indicators agree with published series."""

import argparse
import sys
from pathlib import Path

from bilateral.ask.warehouse import Warehouse
from bilateral.commands.options import settings
from bilateral.evaluation import validation
from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots
from bilateral.strings import LANGS, texts


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bilateral.commands.validation", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the published series")
    parser.add_argument("--data", type=Path, help="folder of data whose snapshot is asked; else BILATERAL_DATA, else .data")
    parser.add_argument("--docs", type=Path, default=Path("docs"), help="folder in which the pages are written")
    given = parser.parse_args()
    try:
        warehouse = Warehouse(settings(data=given.data).data)
        pages = {lang: validation.page(given.folder, warehouse, texts(lang)) for lang in LANGS}
    except (Stop, snapshots.NoSnapshot) as stop:
        sys.stderr.write(f"{stop}\n")
        return int(getattr(stop, "code", Exit.UNAVAILABLE))
    for lang, page in pages.items():
        folder = given.docs if lang == "en" else given.docs / lang
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "validation.md").write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
