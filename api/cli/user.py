"""`qingfei user`: accounts."""

import os
from typing import Annotated

import typer

from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from gis.domain.terms import Role
from gis.ledger import people as verbs
from gis.store import people
from gis.store.register import CHINA

app = typer.Typer(help="账号。 Accounts.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="用户名。 User name.")]


def _password() -> str:
    """Return the password from QINGFEI_PASSWORD, or ask for it twice at the terminal."""
    given = os.environ.get("QINGFEI_PASSWORD")
    return given or str(typer.prompt("密码 Password", hide_input=True, confirmation_prompt=True))


@app.command()
def add(
    username: Name,
    display_name: Annotated[str, typer.Option("--name", help="显示名。 Name shown.")] = "",
    role: Annotated[
        Role, typer.Option("--role", case_sensitive=False, help="角色。 What it may do.")
    ] = Role.ANALYST,
    as_json: AsJson = False,
) -> None:
    """新建账号；密码在终端输入，或取自 QINGFEI_PASSWORD。 Open an account.

    Example: qingfei user add liqiang --name 李强 --role reviewer
    """
    book = terminal_book()
    user = verbs.add_user(book, username, display_name or username, role, _password())
    if as_json:
        emit({"username": user.username, "role": user.role})
    else:
        say(f"已建立账号 {user.username}（{user.role.zh}）。", f"Account {user.username} is open.")


@app.command()
def password(username: Name) -> None:
    """修改密码，并结束该账号的全部会话。 Change a password and end the account's sessions.

    Example: qingfei user password liqiang
    """
    verbs.set_password(terminal_book(), username, _password())
    say(f"{username} 的密码已修改。", f"The password of {username} is changed.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """列出账号。 List the accounts.

    Example: qingfei user list
    """
    with terminal_book().reading() as connection:
        found = people.all_users(connection)
    rows = [
        [u.username, u.display_name, u.role.zh, f"{u.created_at.astimezone(CHINA):%Y-%m-%d}"]
        for u in found
    ]
    if as_json:
        emit([{"username": u.username, "name": u.display_name, "role": u.role} for u in found])
    else:
        table(["用户名", "显示名", "角色", "建立日期"], rows)
