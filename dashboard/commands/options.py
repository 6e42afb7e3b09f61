"""Options that several commands share, and the resulting settings. Settings are read only here."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.settings import Settings

Data = Annotated[Path | None, typer.Option("--data", help="Data folder; by default BILATERAL_DATA or .data.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the outcome as one JSON object.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print nothing on success.")]


def renamed(**names: str) -> dict[str, Any]:
    """Context settings of a command whose options had other names before; those still work, and no help shows them."""
    return {"token_normalize_func": lambda name: names.get(name, name)}


def settings(**given: object) -> "Settings":
    """Settings from the environment, overruled by what the command line gave. Raises Stop 78 naming the wrong one."""
    from pydantic import ValidationError

    from bilateral.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors()[0]
        field = str(wrong["loc"][0])
        name = f"--{field.replace('_', '-')}" if given.get(field) is not None else f"BILATERAL_{field.upper()}"
        expected = wrong["msg"].removeprefix("Value error, ").lower()
        raise Stop(Exit.CONFIGURATION, f"{name} is {wrong['input']!r}; {expected}") from None
