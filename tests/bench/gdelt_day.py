"""Generates GDELT 2.0 export files in their exact format: 61 columns, tab, no header, zipped; skewed as the real ones are.

Measured on real batches (docs/sources.md): 4.9 rows an address, a quarter of the rows with two actor countries, dates exactly
1 day, 1 week, 1 month, 1 year or 10 years back in a few rows, quotes in names and addresses.
"""

import io
import random
import zipfile
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

COUNTRIES = ["USA", "MEX", "CHN", "RUS", "GBR", "CAN", "ISR", "IND", "FRA", "DEU", "COL", "SLV", "GTM", "VEN", "TUR", "IRN"]
NAMES = [
    "UNITED STATES",
    "MEXICO",
    "CHINA",
    "RUSSIA",
    "BRITAIN",
    "CANADA",
    "ISRAEL",
    "INDIA",
    "FRANCE",
    "GERMANY",
    "COLOMBIA",
    "EL SALVADOR",
]
NAMES += ["GUATEMALA", "VENEZUELA", "TURKEY", "IRAN"]
FIPS = ["US", "MX", "CH", "RS", "UK", "CA", "IS", "IN", "FR", "GM", "CO", "ES", "GT", "VE", "TU", "IR"]
CODES = [("010", 0.0), ("042", 1.9), ("043", 2.8), ("040", 1.0), ("036", 4.0), ("020", 3.0), ("051", 3.4), ("173", -5.0)]
CODES += [("112", -2.0), ("190", -10.0), ("111", -2.0), ("061", 6.4), ("057", 8.0), ("163", -8.0), ("0311", 5.2), ("1312", -5.8)]
TYPES = ["", "", "", "GOV", "COP", "MIL", "BUS", "EDU"]
WORDS = ["tariff", "border", "president", "trade", "minister", "accord", "visit", "steel"]
WORDS += ["aranceles", "frontera", "gobierno", "police", "water", "energy", "talks"]


def _weights(n: int) -> list[float]:
    return list(accumulate(1 / (place + 1) for place in range(n)))


COUNTRY_WEIGHTS, CODE_WEIGHTS = _weights(len(COUNTRIES)), _weights(len(CODES))


def _actor(chance: random.Random, has_country: float) -> tuple[list[str], int]:
    if chance.random() < 0.12:
        return [""] * 10, -1
    (place,) = chance.choices(range(len(COUNTRIES)), cum_weights=COUNTRY_WEIGHTS)
    country = COUNTRIES[place] if chance.random() < has_country else ""
    role = chance.choice(TYPES) if country else "GOV"
    name = 'THE "PRESIDENT"' if chance.random() < 0.001 else NAMES[place] if country else "POLICE"
    return [country + role, name, country, "", "", "", "", role, "", ""], place if country else -1


def _place(place: int) -> list[str]:
    if place < 0:
        return ["0", "", "", "", "", "", "", ""]
    country = FIPS[place]
    return ["4", f"Capital, State, {COUNTRIES[place]}", country, country + "01", "12345", "19.4342", "-99.1386", "-1658079"]


def row(number: int, added: datetime, url: str, chance: random.Random) -> str:
    """One row of an export."""
    (back,) = chance.choices([0, 1, 7, 30, 365, 3652], weights=[900, 60, 15, 12, 10, 3])
    day = added - timedelta(days=back)
    one, place_one = _actor(chance, 0.6)
    other, place_other = _actor(chance, 0.6)
    ((code, score),) = chance.choices(CODES, cum_weights=CODE_WEIGHTS)
    mentions = min(int(chance.paretovariate(1.2)), 400)
    kind = (int(code[:2]) > 5) + (int(code[:2]) > 9) + (int(code[:2]) > 14) + 1
    start = [str(number), f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + (day.month * 30 + day.day) / 365:.4f}"]
    act = [str(chance.randrange(2)), code, code[:3], code[:2], str(kind), str(score)]
    act += [str(mentions), "1", str(mentions), f"{chance.gauss(-2, 3.5):.13f}"]
    places = _place(place_one) + _place(place_other) + _place(max(place_one, place_other))
    return "\t".join([*start, *one, *other, *act, *places, f"{added:%Y%m%d%H%M%S}", url])


def _slug(page: list[str], words: str) -> str:
    """Words of an address, between the names of the first two countries that its page tells of."""
    told = (line.split("\t") for line in page)
    named = next(((cells[6], cells[16]) for cells in told if cells[7] and cells[17] and cells[7] != cells[17]), ("", ""))
    return "-".join(filter(None, [named[0], words, named[1]])).lower().replace(" ", "-")


def export(added: datetime, rows: int, seed: int = 0) -> bytes:
    """The text of one quarter hour's export; the seed decides all of it."""
    chance = random.Random(f"{seed} {added}")
    lines: list[str] = []
    while len(lines) < rows:
        slug = "-".join(chance.choices(WORDS, k=5))
        start, number = f"https://outlet{chance.randrange(900)}.com/{added:%Y/%m/%d}/", chance.randrange(10**6)
        end = '?q="x"' if chance.random() < 0.002 else ""
        first = int(added.timestamp()) // 900 * 4000 + len(lines)
        n = min(int(chance.expovariate(1 / 4.9)) + 1, rows - len(lines), 184)
        page = [row(first + place, added, "", chance) for place in range(n)]
        lines += [f"{line}{start}{_slug(page, slug)}-{number}{end}" for line in page]
    return ("\n".join(lines) + "\n").encode()


def zipped(name: str, content: bytes) -> bytes:
    """A zip with one member, as the service makes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def day_of_exports(folder: Path, day: datetime, rows: int = 150_000, files: int = 96, seed: int = 0) -> list[Path]:
    """The exports of one day under their service's names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for slot in range(files):
        added = day + timedelta(minutes=15 * slot)
        name = f"{added:%Y%m%d%H%M%S}.export.CSV"
        path = folder / f"{name}.zip"
        path.write_bytes(zipped(name, export(added, rows // files, seed)))
        paths.append(path)
    return paths
