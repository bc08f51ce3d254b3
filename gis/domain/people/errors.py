"""What accounts and sessions refuse, in the field's own words."""

from gis.errors import BadInput, Conflict, NotAllowed, NotFound, NotSignedIn


class WrongPassword(NotSignedIn):
    """The name or the password is wrong; which one is not said."""

    code = "wrong_password"
    zh = "用户名或密码不正确，请重新输入。"
    en = "The user name or the password is wrong; type them again."


class LockedOut(NotSignedIn):
    """Too many failures from one address. Facts: minutes."""

    code = "locked_out"
    zh = "连续登录失败次数过多，请 {minutes} 分钟后再试，或请管理员解除锁定。"
    en = "Too many failed attempts; try again in {minutes} minutes, or ask to be unlocked."


class AccountSuspended(NotSignedIn):
    """The password is right, but nobody may enter with this account. Facts: username."""

    code = "account_suspended"
    zh = "账号 {username} 已停用，请联系管理员。"
    en = "The account {username} is suspended; ask the administrator."


class DeviceNotForRole(NotAllowed):
    """A phone stays signed in for accounts that send field checks only."""

    code = "device_not_for_role"
    zh = "该账号的角色不做现场核实，不能在手机上长期登录：请取消“外业手机”后再登录。"
    en = "This account sends no field checks and cannot stay signed in on a phone: untick that."


class PasswordToBeChanged(NotAllowed):
    """Until the account has a password of its own it may do nothing else."""

    code = "password_to_be_changed"
    zh = "请先修改密码：当前密码是一次性的，或已到更换期限。"
    en = "Change your password first: this one was for one time, or its time is over."


class OldPasswordWrong(BadInput):
    """Who changes a password has to know the old one."""

    code = "old_password_wrong"
    zh = "原密码不正确，密码未修改，请重新输入原密码。"
    en = "The old password is wrong and nothing was changed; type it again."


class PasswordReused(BadInput):
    """A new password that is one of the last. Facts: number."""

    code = "password_reused"
    zh = "新密码与最近 {number} 次用过的密码相同，请换一个。"
    en = "The new password is one of the last {number}; choose another."


class NameUnfit(BadInput):
    """A user name of characters that could mislead. Facts: name."""

    code = "name_unfit"
    zh = "用户名“{name}”不合要求：请用 1–40 个汉字、字母、数字或 . _ -，以字母、汉字或数字开头。"
    en = "The user name “{name}” will not do: use 1–40 letters, digits or . _ -, a letter first."


class LastAdministrator(Conflict):
    """Nobody would be left who can keep the accounts. Facts: username."""

    code = "last_administrator"
    zh = "{username} 是唯一在用的系统管理员：请先设另一位系统管理员，再停用或改变角色。"
    en = "{username} is the only administrator in use: make another one first."


class AuditorApart(Conflict):
    """An account that has read the log as auditor never acts, nor the reverse. Facts: username."""

    code = "auditor_apart"
    zh = "审计人员与其他角色不得互换（三员分立）：请为 {username} 另建账号，并停用原账号。"
    en = "Auditors stay apart from all other roles: open another account for {username}."


class SessionUnknown(NotFound):
    """A session that has ended, or never was this account's."""

    code = "session_unknown"
    zh = "该登录已经结束，请刷新列表。"
    en = "That session has ended already; load the list again."
