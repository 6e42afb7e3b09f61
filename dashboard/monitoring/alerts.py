"""Tells a command or a webhook about material changes that a rule asks for: each once (again only after a kill between telling and noting),
a rule and pair not more often than its cool-down.
"""

import json
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx2
import stamina
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from bilateral.ask.warehouse import Warehouse
from bilateral.data_folder import is_file
from bilateral.escaping import in_a_line, in_slack, markdown
from bilateral.exits import Exit, Stop
from bilateral.logs import log
from bilateral.monitoring.changes import MIN_SCORE, Change, changes
from bilateral.monitoring.proposed import KIND, proposed
from bilateral.publish.journal import write_whole

STATE = "alerts.json"
LINES: dict[str, Callable[[str], str]] = {"plain": in_a_line, "markdown": markdown, "slack": in_slack}
"""How a title of others is written for a channel: each reads some signs as links or as calls to everybody."""


class Rule(BaseModel):
    """One [[rule]] of the rules file: what it is about, how often at most, and whom it tells."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    kinds: tuple[Literal["measure", "act", "momentum", "change_point", "proposal"], ...] = (
        *("measure", "act", "momentum", "change_point"),
    )
    """Proposals of measures, which nobody has reviewed, are told where a rule names them."""
    dyads: tuple[str, ...] = ()
    """Pairs; none named means all."""
    domains: tuple[str, ...] = ()
    """Subjects of measures and acts; none named means all, and indicators too."""
    min_score: float = Field(default=MIN_SCORE, ge=0, le=10)
    """Acts count from this absolute score on."""
    cool_down_hours: float = Field(default=24, ge=0)
    command: tuple[str, ...] = ()
    """Program and arguments; it reads the message as JSON on standard input."""
    webhook: str = Field(default="", pattern=r"^(https?://.+)?$")
    """Address that the message is sent to as JSON."""
    lang: str = "en"
    markup: Literal["plain", "markdown", "slack"] = "plain"
    """What the channel reads `text` as; titles come from outside."""

    @model_validator(mode="after")
    def _tells_somebody(self) -> "Rule":
        if bool(self.command) == bool(self.webhook):
            raise ValueError("give either command or webhook")
        return self

    def wants(self, change: Change) -> bool:
        if change.kind not in self.kinds:
            return False
        if self.dyads and not any(change.dyad in (dyad, *dyad.split("-")) for dyad in self.dyads):
            return False  # a proposed tariff that names no target is of a country alone
        if self.domains and change.domain not in self.domains:
            return False
        return change.kind != "act" or abs(change.value or 0) >= self.min_score


class NotDelivered(Exception):
    """The command or the webhook did not take the message."""


def read_rules(path: Path) -> list[Rule]:
    """The rules file. Raises Stop 78 naming file, rule and what is wrong."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
        rules = [Rule(**entry) for entry in given]
    except OSError as error:
        raise Stop(Exit.CONFIGURATION, f"the alert rules {path} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise Stop(Exit.CONFIGURATION, f"the alert rules {path} are not TOML with [[rule]] tables: {error}") from None
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(map(str, wrong["loc"])) or "a rule"
        raise Stop(Exit.CONFIGURATION, f"the alert rules {path}: {where}: {wrong['msg'].lower()}") from None
    if len({rule.name for rule in rules}) < len(rules):
        raise Stop(Exit.CONFIGURATION, f"the alert rules {path}: two rules have one name; the name tells them apart between runs")
    return rules


def deliver(data: Path, path: Path, now: datetime | None = None) -> list[str]:
    """Tell what is new since the last time; returns a sentence for each message. What cannot be delivered is tried at the next run.

    A rule that is new begins with the next change: what was there before it is not told.
    """
    rules, state, now = read_rules(path), _state(data), now or datetime.now(UTC)
    warehouse, said = Warehouse(data), []
    for rule in rules:
        found = changes(warehouse, rule.lang, min_score=min(rule.min_score, MIN_SCORE))
        found += proposed(warehouse, rule.lang) if KIND in rule.kinds else []
        wanted = [change for change in found if rule.wants(change)]
        known = state.get(rule.name)
        if known is None:
            state[rule.name] = {"told": [change.id for change in wanted], "sent": {}}
            said.append(f"{rule.name}: begins; {len(wanted)} earlier changes are not reported")
            continue
        said += _tell(rule, [change for change in wanted if change.id not in known["told"]], known, now)
        known["told"] = [change.id for change in wanted if change.id in known["told"]]
    kept = {rule.name: state[rule.name] for rule in rules}
    write_whole(data / STATE, json.dumps(kept, ensure_ascii=False))
    return said


def _tell(rule: Rule, new: Iterable[Change], known: dict[str, Any], now: datetime) -> list[str]:
    by_dyad: dict[str, list[Change]] = defaultdict(list)
    for change in new:
        by_dyad[change.dyad].append(change)
    said = []
    for dyad, news in sorted(by_dyad.items()):
        sent = known["sent"].get(dyad)
        if sent and timedelta() <= now - datetime.fromisoformat(sent) < timedelta(hours=rule.cool_down_hours):
            said.append(f"{rule.name}: {dyad} cools down, {len(news)} changes wait")
            continue
        try:
            _send(rule, dyad, news)
        except NotDelivered as failure:
            log.error("alert.not_delivered", rule=rule.name, dyad=dyad, reason=str(failure))
            said.append(f"{rule.name}: {dyad} was not delivered ({failure}); it is tried again at the next run")
            continue
        known["told"] += [change.id for change in news]
        known["sent"][dyad] = now.isoformat()
        log.info("alert.delivered", rule=rule.name, dyad=dyad, changes=len(news))
        said.append(f"{rule.name}: {dyad}, {len(news)} changes reported")
    return said


def _send(rule: Rule, dyad: str, news: list[Change]) -> None:
    message = {
        "rule": rule.name,
        "dyad": dyad,
        "text": "\n".join(LINES[rule.markup](change.title) for change in news),
        "changes": [asdict(change) | {"day": f"{change.day}"} for change in news],
    }
    if rule.webhook:
        _post(rule.webhook, message)
    else:
        _run(rule.command, json.dumps(message, ensure_ascii=False))


def _post(address: str, message: dict[str, Any]) -> None:
    """No redirect is followed: the message goes to the configured address or nowhere."""
    try:
        for attempt in stamina.retry_context(on=httpx2.HTTPError, attempts=3, wait_initial=0.2, wait_max=5):
            with attempt:
                response = httpx2.post(address, json=message, timeout=10, follow_redirects=False)
                if not response.is_success:
                    raise httpx2.HTTPError(f"{response.url.host} answers {response.status_code}")
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise NotDelivered(str(error) or type(error).__name__) from None


def _run(command: tuple[str, ...], message: str) -> None:
    try:
        ended = subprocess.run(command, input=message, text=True, capture_output=True, timeout=60, check=False)  # noqa: S603  the user's own
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotDelivered(str(error)) from None
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or ["no word of why"]
        raise NotDelivered(f"{command[0]} ended with {ended.returncode}: {last[0]}")


class Told(BaseModel):
    """What a rule has told so far: changes by their ids, and when each pair was told about last."""

    model_config = ConfigDict(strict=True)

    told: list[str]
    sent: dict[str, str]

    @field_validator("sent")
    @classmethod
    def _are_moments(cls, sent: dict[str, str]) -> dict[str, str]:
        return {dyad: moment for dyad, moment in sent.items() if datetime.fromisoformat(moment).tzinfo}


def _state(data: Path) -> dict[str, Any]:
    """Rules that have told something; what cannot be read counts as a rule that begins."""
    path, known = data / STATE, {}
    try:
        given = json.loads(path.read_text(encoding="utf-8")) if is_file(path) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    for name, entry in given.items() if isinstance(given, dict) else ():
        with suppress(ValidationError):
            known[name] = Told.model_validate(entry).model_dump()
    return known
