"""Exit codes that schedulers read, and the one error that carries them to the command line."""

from enum import IntEnum


class Exit(IntEnum):
    """As in sysexits: what the caller can do about it."""

    DONE = 0
    FAULT = 1
    DATA = 65
    UNAVAILABLE = 69
    TRY_AGAIN = 75
    CONFIGURATION = 78


class Stop(Exception):
    """Ends a command with one sentence on stderr and this exit code."""

    def __init__(self, code: Exit, sentence: str):
        super().__init__(sentence)
        self.code = code
