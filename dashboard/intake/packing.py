"""Unpacks gzip up to a size, and tells a file that was cut off from a whole one, which HTTP clients do not."""

import zlib

from bilateral.sources.manners import Damaged

GZIP = b"\x1f\x8b"
"""How a gzip file begins."""


def unpacked(content: bytes, largest: int) -> bytes:
    """The bytes of a gzip file. Raises Damaged where it is none, is cut off, or unpacks to more than `largest` bytes."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(content, largest)
    except zlib.error as error:
        raise Damaged(f"the gzip file is damaged ({error})") from None
    if not unpacker.eof:
        raise Damaged(f"the gzip file is cut off, or unpacks to more than {largest / 1e6:.0f} MB")
    return body
