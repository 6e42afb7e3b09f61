"""Reads plain, .gz and .zip files in pieces, never writes to a path named in an archive, and refuses files that are not what their name says."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

PIECE = 1 << 20
"""Larger ones take twice as long to unpack: memory for each is asked of the system anew, and cleared."""
MOST_EXPANSION = 200
"""Coded text shrinks to a tenth; a file that grows two hundred times is not an event file."""


class FileRefused(Exception):
    """The file as a whole is not what it should be; the message says what was found, what was expected and what to do."""


def unpacked(path: Path) -> Iterator[bytes]:
    """The content of a file in pieces. Raises FileRefused."""
    packed_size = path.stat().st_size
    if packed_size == 0:
        raise FileRefused(f"{path.name} is empty (0 bytes); download it again")
    size = 0
    try:
        with _opened(path) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > 50 << 20 and size > MOST_EXPANSION * packed_size:
                    raise FileRefused(
                        f"{path.name} unpacks to more than {MOST_EXPANSION} times its size; that is not an event file"
                    )
                yield piece
    except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileRefused(f"{path.name} is torn or damaged ({error}); download it again") from None
    if size == 0:
        raise FileRefused(f"{path.name} holds a file of 0 bytes; download it again")


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        start = file.read(200)
    if path.suffix.lower() == ".zip":
        if not start.startswith(b"PK"):
            raise FileRefused(f"{path.name} is named .zip and is none: it begins {_shown(start)}; {_advice(start)}")
        return _member(path)
    if path.suffix.lower() == ".gz":
        if not start.startswith(b"\x1f\x8b"):
            raise FileRefused(f"{path.name} is named .gz and is none: it begins {_shown(start)}; {_advice(start)}")
        return gzip.open(path)  # type: ignore[return-value]
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        kind = "a zip" if start.startswith(b"PK") else "a gzip file"
        raise FileRefused(f"{path.name} is {kind} under the name of a text file; name it .zip or .gz")
    return path.open("rb")


def _member(path: Path) -> IO[bytes]:
    """The one member of a zip. Nothing is ever written under a member's name, and a name that tries is refused all the same."""
    archive = zipfile.ZipFile(path)
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_of_the_finder(member.filename)]
    if len(members) != 1:
        raise FileRefused(f"{path.name} holds {len(members)} files; one was expected, so unpack it and load the folder")
    (member,) = members
    place = PurePosixPath(member.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in member.filename:
        raise FileRefused(f"{path.name} holds a file that names a path outside it ({member.filename!r}); do not trust its origin")
    if member.flag_bits & 1:
        raise FileRefused(f"{path.name} is encrypted; load the unpacked file")
    if member.file_size > 50 << 20 and member.file_size > MOST_EXPANSION * path.stat().st_size:
        raise FileRefused(
            f"{path.name} would unpack to {member.file_size:,} bytes, {MOST_EXPANSION} times its size; that is not an event file"
        )
    return archive.open(member)


def _is_of_the_finder(name: str) -> bool:
    """What macOS adds to each zip that it makes: attributes of files, and how a folder was last looked at."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "__MACOSX" in parts or parts[-1].startswith("._") or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _shown(start: bytes) -> str:
    return repr(start[:40].decode("latin-1"))


def _advice(start: bytes) -> str:
    if b"http" in start.splitlines()[0] and len(start.splitlines()[0].split()) == 3:
        return "it is a list of files (size, md5, address) such as lastupdate.txt; download the files that it lists"
    return "perhaps an error page was saved; download it again"
