"""What a refresh says of itself, which is kept in English, in the language of a page."""

import re
from functools import cache

from dash import html
from dash.development.base_component import Component

from bilateral.strings import Texts, texts

PART = "runs"
"""The part of the texts that has what a run may say, with names to fill in."""


def told(message: str, text: Texts) -> Component:
    """The message, sentence by sentence; what has no translation, as an error of the system, is quoted as it is."""
    if text.lang == "en":
        return html.Span(message)
    parts: list[str | Component] = []
    while message:
        translated, message = _first(message, text)
        parts += ["; ", *translated] if parts else translated
    return html.Span(parts)


def _first(message: str, text: Texts) -> tuple[list[str | Component], str]:
    """The first sentence in the language of the page, and what follows it."""
    for key, pattern in _patterns():
        if found := pattern.match(message):
            before, reason, after = text(key, **{**found.groupdict(), "reason": "\n"}).partition("\n")
            quoted = [html.Q(found["reason"], lang="en")] if reason else []
            return [before, *quoted, after], message[found.end() :].removeprefix("; ")
    sentence, _, rest = message.partition("; ")
    return [html.Q(sentence, lang="en")], rest


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence that a run may say; the longest first, as one may begin like another."""
    known = [(key, said) for key, said in texts("en").flat().items() if key.startswith(f"{PART}.")]
    return [(key, _pattern(said)) for key, said in sorted(known, key=lambda one: -len(one[1]))]


def _pattern(said: str) -> re.Pattern[str]:
    """What a text looks like with its names filled in: a reason goes to the end, any other name has neither space nor semicolon."""
    made = re.sub(r"\\\{(\w+)\\\}", lambda name: f"(?P<{name[1]}>{'.+' if name[1] == 'reason' else '[^; ]+'})", re.escape(said))
    return re.compile(made + r"(?=; |$)")
