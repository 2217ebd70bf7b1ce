"""Options that exclude each other: none is passed over in silence."""

import typer

from domain.errors import UsageError
from publish.wording import listed


def refuse(context: typer.Context, *names: str, when: str) -> None:
    """Raise `UsageError` where a person gave one of these parameters, which count for nothing `when` ("with --list")."""
    spelt = [
        (param.metavar or name) if getattr(param, "param_type_name", "") == "argument" else _said(param.opts)
        for param in context.command.params
        if (name := str(param.name)) in names and _is_given(context, name)
    ]
    if spelt:
        raise UsageError(
            f"{listed(spelt)} would change nothing {when}. Leave {'it' if len(spelt) == 1 else 'them'} out. Nothing was done."
        )


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name not in ("DEFAULT", "DEFAULT_MAP")


def _said(options: list[str]) -> str:
    return next((one for one in options if one.startswith("--")), options[0])
