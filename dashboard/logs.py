"""One JSON line per step on stderr, with the run's ID, for journald, a container's log or a file. Off by default (BILATERAL_LOG=json)."""

import logging
import re
import sys

import stamina.instrumentation
import structlog
from structlog.contextvars import merge_contextvars

log = structlog.get_logger("bilateral")
QUESTION = re.compile(r"(https?://[^?\s']*)\?[^\s']*")
"""An address with a question, which may hold a key; it is written without it."""

structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL)
)  # structlog itself would write to stdout


def to_stderr(level: int = logging.INFO) -> None:
    """Write steps as JSON lines from now on, those of `level` and above."""
    structlog.configure(
        processors=[
            merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    stamina.instrumentation.set_on_retry_hooks([_tried_again])


def is_on() -> bool:
    """Whether steps are written as JSON; then sentences for people go there too, so that every line parses."""
    return isinstance(structlog.get_config()["processors"][-1], structlog.processors.JSONRenderer)


def _tried_again(details: stamina.instrumentation.RetryDetails) -> None:
    wait = round(details.wait_for, 2)
    reason = re.sub(QUESTION, r"\1", str(details.caused_by)) or type(details.caused_by).__name__
    log.warning("download.retry", reason=reason, wait_seconds=wait)
