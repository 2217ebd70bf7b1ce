"""`cap users`: who may sign in to the web application."""

import sys
from typing import Annotated

import typer

from cap.listing import WholeSentences
from cap.output import show_table, write_line
from domain.errors import UsageError
from domain.states import Role
from services.settings import load_settings

group = typer.Typer(cls=WholeSentences, no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, as shown beside their decisions.")]
RoleOption = Annotated[
    Role,
    typer.Option(
        metavar="ROLE", help=f"What they may do. {'. '.join(f'{role.capitalize()}: {role.may_do}' for role in Role)}."
    ),
]


@group.callback()
def users() -> None:
    """Say who may sign in to the web application."""


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.add_typer(group, name="users")
    group.command("list")(everybody)
    group.command()(add)
    group.command()(role)
    group.command()(password)
    group.command("close")(close_account)
    group.command("open")(open_account)


def everybody() -> None:
    """List everybody who has or had an account."""
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        found = accounts.everybody(house) if house.has_plan else ()
    if not found:
        write_line("There are no accounts. To make the first: cap users add NAME --role administrator")
        return
    show_table(
        ("Name", "Role", "Since", ""), [(a.name, a.role, a.added[:10], "" if a.active else "closed") for a in found]
    )


def add(name: Name, role: RoleOption = Role.REVIEWER) -> None:
    """Give a person an account.

    The password is asked for, or read from a pipe. The first account must be an administrator's.
    """
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        account = accounts.add_person(house, name, role, _asked(f"Password for {name}"))
    write_line(f"{account.name} can sign in now, as {account.role}.")


def role(
    name: Name, role: Annotated[Role, typer.Argument(metavar="ROLE", help="What they may do from now on.")]
) -> None:
    """Change what a person may do: their role."""
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        account = accounts.change_role(house, name, role)
    write_line(f"{account.name} is now: {account.role}.")


def password(name: Name) -> None:
    """Set a person's password; they are signed out everywhere."""
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        account = accounts.change_password(house, name, _asked(f"New password for {name}"))
    write_line(f"{account.name} has a new password, and is signed out everywhere.")


def close_account(name: Name) -> None:
    """Close a person's account.

    They can no longer sign in. Their past decisions keep their name.
    """
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        account = accounts.close_account(house, name)
    write_line(f"{account.name} can no longer sign in.")


def open_account(name: Name) -> None:
    """Open a person's account again that was closed."""
    from services import accounts
    from services.house import open_house

    with open_house(load_settings()) as house:
        account = accounts.open_account(house, name)
    write_line(f"{account.name} can sign in again.")


def _asked(prompt: str) -> str:
    """A password: typed twice at a terminal, else the first line that is piped in."""
    if sys.stdin.isatty():
        return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UsageError("No password was given. Type it at the terminal, or pipe it in as one line.")
    return line
