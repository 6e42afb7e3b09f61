"""A file as described in a list, and whether the local file matches it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wanted:
    """A file as a list promises it: name at the source, size in bytes and md5, both None where the list does not say."""

    name: str
    size: int | None = None
    md5: str | None = None


def fault(path: Path, wanted: Wanted) -> str | None:
    """What is wrong with what arrived, or None."""
    size = path.stat().st_size if path.exists() else 0
    if wanted.size is not None and size != wanted.size:
        return f"{wanted.name} has {size:,} bytes, its list promises {wanted.size:,}"
    if wanted.md5 is not None and (found := md5_of(path)) != wanted.md5:
        return f"{wanted.name} has the md5 {found}, its list promises {wanted.md5}"
    return None


def is_right(path: Path, wanted: Wanted) -> bool:
    return fault(path, wanted) is None


def md5_of(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
