"""Acts of a sentence: the phrases of the lexicon that count, with the codes that frames make of them.

`threatened to impose tariffs` is the frame `threaten` around an act 163 and becomes 1312; `lift` around 163 becomes 085.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilateral.intake.coding.clauses import Clause, clause_at
from bilateral.intake.coding.lexicon import Lexicon
from bilateral.intake.coding.patterns import Hit, is_passive
from bilateral.intake.coding.words import Word

REACH = 12
"""Words from a frame to the act that it is about."""
ALONE = {"ask": "020", "demand": "100", "refuse": "120", "threaten": "130"}
"""Code of a frame about nothing that the lexicon knows; a code with a question mark, as `ask?`, is nothing alone."""


@dataclass(frozen=True)
class Act:
    """A coded act at a place in a sentence, before its parties are known."""

    code: str
    first: int
    verb: int
    last: int
    direction: str
    is_passive: bool
    weight: int
    frames: tuple[str, ...] = ()


def acts(hits: Sequence[Hit], words: Sequence[Word], found: Sequence[Clause], lexicon: Lexicon) -> list[Act]:
    """Acts in order of their verbs. A trap silences what it touches; of phrases that share words the longest counts."""
    trapped = {place for hit in hits if hit.phrase.kind == "trap" for place in hit.places}
    free = [hit for hit in hits if hit.phrase.kind in ("act", "object", "frame") and not trapped.intersection(hit.places)]
    frames = _chosen([hit for hit in free if hit.phrase.kind == "frame"])
    plain = _chosen([hit for hit in free if hit.phrase.kind != "frame"])
    return _framed(frames, plain, words, found, lexicon)


def _chosen(hits: Sequence[Hit]) -> list[Hit]:
    taken: set[int] = set()
    chosen = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.places), hit.phrase.kind == "object", hit.first, hit.phrase.row)):
        if not taken.intersection(hit.places):
            taken.update(hit.places)
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.places[0])


def _framed(frames: list[Hit], plain: list[Hit], words: Sequence[Word], found: Sequence[Clause], lexicon: Lexicon) -> list[Act]:
    """From right to left, so that a frame may hold another: `refused to lift tariffs`."""
    acts = [_to_come(_act(hit), words, lexicon) for hit in plain]
    objects = {act for act, hit in zip(acts, plain, strict=True) if hit.phrase.kind == "object"}
    for frame in reversed(frames):
        inner = _inner(frame, acts, found)
        made = inner and _made(frame, inner, lexicon, words)
        if made:
            acts = [act for act in acts if act is not inner and not _covers(frame, act)] + [made]
        elif ALONE.get(frame.phrase.code) and not any(_covers(frame, act) for act in acts if act not in objects):
            acts.append(replace(_act(frame), code=ALONE[frame.phrase.code], frames=(frame.phrase.code,), weight=1))
    return sorted((act for act in acts if act not in objects), key=lambda act: (act.verb, act.code))


def _act(hit: Hit) -> Act:
    phrase = hit.phrase
    verb = hit.last if phrase.direction == "subject" else hit.places[0]
    return Act(phrase.code, hit.first, verb, hit.last, phrase.direction, hit.is_passive, 2 * len(hit.places))


def _to_come(act: Act, words: Sequence[Word], lexicon: Lexicon) -> Act:
    """A Spanish future is a promise or threat, as `will` is in English."""
    code = lexicon.in_frame("promise", act.code) if words[act.verb].is_future else ""
    return replace(act, code=code, frames=("promise",)) if code else act


def _covers(frame: Hit, act: Act) -> bool:
    return act.verb == frame.places[0] and len(frame.places) * 2 + 2 > act.weight


def _inner(frame: Hit, acts: Sequence[Act], found: Sequence[Clause]) -> Act | None:
    """The nearest act after the frame in its clause, or before it where the frame is passive: `talks were suspended`."""
    clause = found[clause_at(found, frame.places[0])]
    after = [
        act
        for act in acts
        if frame.last < act.verb < min(clause.end, frame.last + REACH) or frame.places[0] < act.verb <= frame.last
    ]
    if after:
        return min(after, key=lambda act: act.verb)
    if not frame.is_passive:
        return None
    before = [act for act in acts if clause.first <= act.verb < frame.first]
    return max(before, key=lambda act: act.verb, default=None)


def _made(frame: Hit, inner: Act, lexicon: Lexicon, words: Sequence[Word]) -> Act | None:
    name = frame.phrase.code.rstrip("?")
    code = lexicon.in_frame(name, inner.code)
    if not code or (frame.phrase.code != name and code == ALONE.get(name)):
        return None
    first, last = min(frame.first, inner.first), max(frame.last, inner.last)
    direction = frame.phrase.direction or ("" if inner.direction == "mutual" and name != "promise" else inner.direction)
    passive = is_passive(words, frame.places[0])
    return Act(
        code, first, frame.places[0], last, direction, passive, inner.weight + 2 * len(frame.places), (name, *inner.frames)
    )
