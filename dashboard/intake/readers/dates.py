"""Days as sources write them, and the day from which a document says that it takes effect."""

import re
from datetime import UTC, date, datetime, timedelta

MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTHS_ES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
DAY_EN = re.compile(rf"\b({'|'.join(MONTHS_EN)})\s+(\d{{1,2}}),\s+(\d{{4}})\b")
DAY_ES = re.compile(rf"\b(\d{{1,2}})(?:[°º]|o\.?)?\s+de\s+({'|'.join(MONTHS_ES)})\s+(?:de|del)\s+(\d{{4}})\b", re.IGNORECASE)
BEGINS_EN = re.compile(r"\b(?:effective|applicable|takes? effect|in effect|applies)\b", re.IGNORECASE)
ENDS_EN = re.compile(r"\b(?:expires?|until|through|before|terminat\w+|comments?|no later than)\b", re.IGNORECASE)
BEGINS_ES = re.compile(r"\bentrar(?:á|án|a|an)\s+en\s+vigor\b([^\n]{0,200})", re.IGNORECASE)
REACH = 200
"""Characters after the word within which the day must stand."""
NUMBERS_ES = {
    "un": 1,
    "dos": 2,
    "tres": 3,
    "cinco": 5,
    "diez": 10,
    "quince": 15,
    "veinte": 20,
    "treinta": 30,
    "sesenta": 60,
    "noventa": 90,
}


def iso(text: object) -> date | None:
    """A day written as 2026-08-19, or the day of a time written so; None for anything else."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def moment(text: object) -> datetime | None:
    """A time in ISO 8601 as UTC; one without a zone counts as UTC. None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of year 1 in the zone of the source lie before every time
        return None


def english(text: str) -> date | None:
    """The first day such as "June 18, 2026"; OFAC writes "May 05"."""
    found = DAY_EN.search(text)
    return _day(int(found[3]), MONTHS_EN.index(found[1]) + 1, int(found[2])) if found else None


def spanish(text: str) -> date | None:
    """The first day such as "28 de junio de 2021"."""
    found = DAY_ES.search(text)
    return _day(int(found[3]), MONTHS_ES.index(found[2].lower()) + 1, int(found[1])) if found else None


def slashed(text: str) -> date | None:
    """The first day such as 08/03/1999 or 18-08-2026, day first."""
    found = re.search(r"\b(\d{2})[/-](\d{2})[/-](\d{4})\b", text)
    return _day(int(found[3]), int(found[2]), int(found[1])) if found else None


def effective_english(text: str) -> date | None:
    """The day after "effective", "applicable", "takes effect"; the first one that is no end and no deadline for comments."""
    for word in BEGINS_EN.finditer(text):
        reach = text[word.end() : word.end() + REACH]
        day = DAY_EN.search(reach)
        if day and not ENDS_EN.search(reach[: day.start()]):
            return english(day[0])
    return None


def effective_spanish(text: str, published: date) -> date | None:
    """The day of "entrará en vigor": a date, the day of publication, the next one, or so many calendar days after it.

    Working days are not counted: the calendar of the administration is not known here.
    """
    for found in BEGINS_ES.finditer(text):
        said = found[1].lower()
        if day := spanish(said):
            return day
        if re.search(r"\bd[ií]a (?:h[aá]bil )?siguiente\b", said):
            return None if "hábil" in said or "habil" in said else published + timedelta(days=1)
        if re.search(r"\b(?:el|al) (?:mismo )?d[ií]a (?:de|en que)\b.{0,30}publi", said):
            return published
        after = re.search(r"\ba los (\w+) d[ií]as\b(?! h[aá]biles)", said)
        number = int(after[1]) if after and after[1].isdigit() else NUMBERS_ES.get(after[1]) if after else None
        if number:
            return published + timedelta(days=number)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
