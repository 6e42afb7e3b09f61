"""The day of an act: stated in the sentence, a weekday against the day of publication, or the day of publication."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bilateral.intake.coding.words import folded
from bilateral.intake.proposals import DayBasis

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero", "february feb febrero", "march mar marzo", "april apr abril", "may mayo", "june jun junio",
            "july jul julio", "august aug agosto", "september sep sept septiembre setiembre", "october oct octubre",
            "november nov noviembre", "december dec diciembre",
        ), start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday lunes",
            "tuesday martes",
            "wednesday miercoles",
            "thursday jueves",
            "friday viernes",
            "saturday sabado",
            "sunday domingo",
        )
    )
    for name in names.split()
}
RELATIVE = {"today": 0, "hoy": 0, "yesterday": -1, "ayer": -1}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
STATED = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|º|°)? (?:of |de )?(?P<m2>{_MONTH})(?:,? (?:de |del )?(?P<y2>\d{{4}}))?"
    r"|(?P<y3>\d{4})-(?P<m3>\d\d)-(?P<d3>\d\d))\b"
)
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b(?!,? (?:\d{{1,2}} (?:de |of )?)?(?:{_MONTH})\b)")
"""A weekday alone; one before a date adds nothing to it."""
NEAR = re.compile(r"\b(" + "|".join(RELATIVE) + r")\b")
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}),? )?"
"""It may stand before a date: until Wednesday, September 30."""
EFFECTIVE = re.compile(
    r"\b(?P<words>(?:effective(?: on| as of)?|(?:take|takes|taking|took|goes?|went) (?:in)?(?:to )?effect(?: on)?|starting|beginning"
    r"|begin(?:s|ning)? on|as of|from|start(?:s)? on|entran?(?:a|an)? en vigor(?: el)?|entraran? en vigor(?: el)?|a partir del?|desde el) )"
    + _WEEKDAY
)
ENDING = re.compile(
    r"\b(?P<words>(?:until|till|through|thru|hasta)(?: and including| at least| (?:at )?the end of| next| el| al menos el| el proximo)? "
    r"|(?:expires?|expiring|ends?|ending|vencen?|expiran?|terminan?)(?: on| el)? )" + _WEEKDAY
)
"""Words before the last day of a measure."""


def event_day(evidence: str, published: date | None, is_planned: bool) -> tuple[date | None, DayBasis]:
    """The day of an act in a sentence and how it was found. The first and the last day of an effect are not the day of the act, and no act is of a
    day after publication. What is planned, promised or threatened is said on the day of publication: a date in its sentence is that of the plan."""
    text = folded(evidence)
    if is_planned:
        return published, "published" if published else "none"
    others = _places(EFFECTIVE, text) | _places(ENDING, text)
    for place, day in stated(text, published):
        if place not in others and day <= (published or day):
            return day, "stated"
    if published is None:
        return None, "none"
    if near := NEAR.search(text):
        return published + timedelta(days=RELATIVE[near[1]]), "stated"
    if (weekday := WEEKDAY.search(text)) and weekday.start() not in others:
        return published - timedelta(days=(published.weekday() - WEEKDAYS[weekday[1]]) % 7), "weekday"
    return published, "published"


def _places(opening: re.Pattern[str], text: str) -> set[int]:
    """Where a date or a weekday right after such words begins."""
    return {place for found in opening.finditer(text) for place in (found.end("words"), found.end())}


def effective_day(evidence: str, published: date | None) -> date | None:
    """The day from which a measure takes effect, where the sentence states one."""
    text = folded(evidence)
    effects = _places(EFFECTIVE, text)
    return next((day for place, day in stated(text, published) if place in effects), None)


def stated(text: str, published: date | None) -> Iterator[tuple[int, date]]:
    """Days that a text in lower case states, with their places; a day without a year is the one nearest to publication."""
    for found in STATED.finditer(text):
        parts = found.groupdict()
        month, number, year = (next((parts[f"{key}{n}"] for n in "123" if parts.get(f"{key}{n}")), None) for key in "mdy")
        if (year is None and published is None) or month is None or number is None:
            continue
        try:
            months = int(month) if month.isdigit() else MONTHS[month]
            years = [int(year)] if year else [published.year + step for step in (-1, 0, 1)] if published else []
            days = [date(one, months, int(number)) for one in years]
        except ValueError:
            continue
        yield found.start(), min(days, key=lambda day: abs((day - (published or day)).days))
