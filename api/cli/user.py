"""`qingfei user`: accounts."""

import os
from typing import Annotated
from uuid import UUID

import typer

from api import wire_people
from api.access import policy_of
from api.cli.options import AsJson, terminal_book
from api.cli.output import emit, say, table
from api.settings import Settings
from gis.domain.people.accounts import Sight, User
from gis.domain.terms import Role
from gis.ledger import Book
from gis.ledger import people as verbs
from gis.store import people, sessions
from gis.store.register import CHINA

app = typer.Typer(help="账号。 Accounts.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="用户名。 User name.")]
Towns = Annotated[
    list[str] | None, typer.Option("--town", help="只看此镇街，可重复。 Only this town; repeat.")
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", help="只看此单位负责的点位，可重复。 Only this unit's sites; repeat."),
]
Once = Annotated[
    bool, typer.Option("--once", help="首次登录须修改密码。 To be changed at the first log-in.")
]
STAMP = "%Y-%m-%d %H:%M"


def _password() -> str:
    """Return the password from QINGFEI_PASSWORD, or ask for it twice at the terminal."""
    given = os.environ.get("QINGFEI_PASSWORD")
    return given or str(typer.prompt("密码 Password", hide_input=True, confirmation_prompt=True))


def _sight(towns: list[str] | None, units: list[str] | None) -> Sight:
    return Sight(tuple(towns or ()), tuple(units or ()))


@app.command()
def add(
    username: Name,
    display_name: Annotated[str, typer.Option("--name", help="显示名。 Name shown.")] = "",
    role: Annotated[
        Role, typer.Option("--role", case_sensitive=False, help="角色。 What it may do.")
    ] = Role.ANALYST,
    town: Towns = None,
    unit: Units = None,
    once: Once = False,
    as_json: AsJson = False,
) -> None:
    """新建账号；密码在终端输入，或取自 QINGFEI_PASSWORD。 Open an account.

    Example: qingfei user add liqiang --name 李强 --role field --town 卜尔汉图镇 --once
    """
    book = terminal_book()
    sight = _sight(town, unit)
    user = verbs.add_user(book, username, display_name, role, _password(), sight, once)
    if as_json:
        emit({"username": user.username, "role": user.role})
    else:
        say(f"已建立账号 {user.username}（{user.role.zh}）。", f"Account {user.username} is open.")


@app.command()
def password(username: Name, once: Once = False) -> None:
    """修改密码，并结束该账号的全部会话。 Change a password and end the account's sessions.

    Example: qingfei user password liqiang --once
    """
    verbs.set_password(terminal_book(), username, _password(), once)
    say(f"{username} 的密码已修改。", f"The password of {username} is changed.")


@app.command()
def role(
    username: Name,
    new: Annotated[Role, typer.Argument(case_sensitive=False, help="角色。 The role.")],
) -> None:
    """改变角色，并结束该账号的全部会话。 Give an account another role.

    Example: qingfei user role liqiang reviewer
    """
    book = terminal_book()
    before = _known(book, username)
    verbs.change_user(book, username, before.display_name, new, before.sight)
    say(f"{username} 的角色已改为{new.zh}。", f"{username} is now: {new.en}.")


@app.command()
def sights(username: Name, town: Towns = None, unit: Units = None) -> None:
    """限定可见的镇街和单位；都不给即为全区。 Limit what an account sees; nothing given: all.

    Example: qingfei user sights liqiang --town 卜尔汉图镇 --unit 水务局
    """
    book = terminal_book()
    before = _known(book, username)
    sight = _sight(town, unit)
    verbs.change_user(book, username, before.display_name, before.role, sight)
    seen = "、".join((*sight.towns, *sight.units))
    say(f"{username} 可见：{seen or '全区'}。", f"{username} sees: {seen or 'the whole district'}.")


@app.command()
def suspend(username: Name) -> None:
    """停用账号，立即结束其全部会话。 Let nobody enter with an account.

    Example: qingfei user suspend liqiang
    """
    verbs.suspend_user(terminal_book(), username)
    say(f"账号 {username} 已停用。", f"Account {username} is suspended.")


@app.command()
def reopen(username: Name) -> None:
    """恢复停用的账号。 Let a suspended account enter again.

    Example: qingfei user reopen liqiang
    """
    verbs.reopen_user(terminal_book(), username)
    say(f"账号 {username} 已恢复。", f"Account {username} is open again.")


@app.command()
def unlock(username: Name) -> None:
    """解除密码输错造成的锁定。 Forget an account's failed log-ins.

    Example: qingfei user unlock liqiang
    """
    verbs.unlock_user(terminal_book(), username)
    say(f"账号 {username} 的锁定已解除。", f"Account {username} is unlocked.")


@app.command("sessions")
def list_sessions(username: Name, as_json: AsJson = False) -> None:
    """列出账号在哪里登录。 List where an account is signed in.

    Example: qingfei user sessions liqiang
    """
    book = terminal_book()
    lives = policy_of(Settings()).lives
    with book.reading() as connection:
        user = people.known(connection, username)
        found = sessions.sessions_of(connection, user.id, book.clock(), lives)
    if as_json:
        emit([wire_people.session(one, UUID(int=0)) for one in found])
        return
    rows = [
        [one.id, one.device or one.kind.zh, one.browser, one.address]
        + [f"{at.astimezone(CHINA):{STAMP}}" for at in (one.created_at, one.seen_at)]
        for one in found
    ]
    table(["编号", "设备", "浏览器", "地址", "登录时间", "最近使用"], rows)


@app.command()
def revoke(
    username: Name,
    session: Annotated[
        UUID | None, typer.Option("--session", help="只结束这一处。 Only this one.")
    ] = None,
) -> None:
    """结束账号的登录，如手机丢失时。 End an account's sessions, such as a lost phone's.

    Example: qingfei user revoke liqiang --session 1d49f860-798b-58bd-9d72-1b48317d1811
    """
    book = terminal_book()
    if session is None:
        ended = verbs.revoke_sessions(book, username)
    else:
        verbs.revoke_session(book, username, session)
        ended = 1
    say(f"已结束 {username} 的 {ended} 处登录。", f"{ended} sessions of {username} have ended.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """列出账号。 List the accounts.

    Example: qingfei user list
    """
    with terminal_book().reading() as connection:
        found, seen = people.all_users(connection), sessions.last_seen(connection)
    if as_json:
        told = [wire_people.person(one, seen.get(one.id)) for one in found]
        emit([{"name": one["display_name"], **one} for one in told])
        return
    rows = [[*_row(one), f"{one.created_at.astimezone(CHINA):%Y-%m-%d}"] for one in found]
    table(["用户名", "显示名", "角色", "可见范围", "状态", "建立日期"], rows)


def _row(one: User) -> list[str]:
    sees = "、".join((*one.towns, *one.units)) or "全区"
    standing = "已停用" if one.suspended_at else "待改密码" if one.must_change else "在用"
    return [one.username, one.display_name, one.role.zh, sees, standing]


def _known(book: Book, username: str) -> User:
    with book.reading() as connection:
        return people.known(connection, username)
