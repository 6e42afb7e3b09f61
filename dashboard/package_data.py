"""Locations of queries/, seeds/, assets/ and the pages of docs/: inside the package of an installed wheel, beside it in a checkout."""

from importlib.resources import files
from pathlib import Path


def folder(name: str) -> Path:
    """Path of one of these folders; raises FileNotFoundError where the installation is not whole."""
    package = Path(str(files("bilateral"))).resolve()
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name}/ is missing beside the package; install bilateral again")
