"""Certificates of the district's own: an authority that phones trust once, a server's under it.

Phones give a page GPS, camera and work without a net over https only. The authority may sign for
the hosts it was made for and for no other, so that trusting it opens no door elsewhere.
"""

import ipaddress
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gis.errors import BadInput, Conflict, Unavailable

AUTHORITY_DAYS = 3650
SERVER_DAYS = 800
"""Phones refuse longer ones."""
KEY = ("ecparam", "-name", "prime256v1", "-genkey", "-noout")
_NAME = re.compile(
    r"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$"
)


class HostInvalid(BadInput):
    """No address or name that a certificate can be for. Facts: host."""

    code = "host_invalid"
    zh = "“{host}”不是 IP 地址或主机名：请写成 10.1.2.3 或 qingfei.example 的样子。"
    en = "“{host}” is no IP address or host name; write it like 10.1.2.3 or qingfei.example."


class OpensslMissing(Unavailable):
    """The program that makes certificates is not there, or failed. Facts: reason."""

    code = "openssl_missing"
    zh = "无法生成证书（{reason}）：请先安装 openssl（apt install openssl）。"
    en = "No certificate could be made ({reason}): install openssl first (apt install openssl)."


class AuthorityOfOthers(Conflict):
    """The authority was made for other hosts. Facts: folder."""

    code = "authority_of_others"
    zh = "{folder} 中的根证书是为其他地址生成的：请另选文件夹（--folder），手机须重新信任。"
    en = (
        "The authority in {folder} was made for other hosts: choose another folder (--folder); "
        "phones have to trust it anew."
    )


class Made(NamedTuple):
    """The files: what phones trust, and what the server is started with."""

    authority: Path
    certificate: Path
    key: Path


def files_in(folder: Path) -> Made:
    """Return where the files of a folder stand."""
    return Made(folder / "ca.crt", folder / "server.crt", folder / "server.key")


def _checked(host: str) -> str:
    name = host.strip().lower()
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        if not _NAME.match(name):
            raise HostInvalid(host=host) from None
        return name


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _alternative(hosts: Sequence[str]) -> str:
    return ",".join(f"{'IP' if _is_address(host) else 'DNS'}:{host}" for host in hosts)


def _limits(hosts: Sequence[str]) -> str:
    """Return the hosts that an authority may sign for, as OpenSSL writes it.

    One name and one address are always among them: a kind that is not named is not limited.
    """
    limits = []
    for host in {"localhost": 0, "127.0.0.1": 0, **dict.fromkeys(hosts, 0)}:
        if _is_address(host):
            address = ipaddress.ip_address(host)
            mask = ipaddress.ip_network(address).netmask
            limits.append(f"permitted;IP:{address.exploded}/{mask.exploded}")
        else:
            limits.append(f"permitted;DNS:{host}")
    return ",".join(limits)


def _openssl(*words: str | Path) -> None:
    if shutil.which("openssl") is None:
        raise OpensslMissing(reason="openssl")
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["openssl"]
        raise OpensslMissing(reason=lines[-1][:200])


def _sign(
    draft: Path, name: str, title: str, days: int, extensions: list[str], *by: str | Path
) -> None:
    """Make a key and a certificate in ``draft``, signed by itself unless told by whom."""
    key, request, lines = (draft / f"{name}.{ending}" for ending in ("key", "csr", "ext"))
    lines.write_text("\n".join(extensions) + "\n", encoding="ascii")
    _openssl(*KEY, "-out", key)
    _openssl("req", "-new", "-key", key, "-subj", f"/CN={title}", "-out", request)
    _openssl(
        *("x509", "-req", "-sha256", "-days", str(days), "-in", request, "-extfile", lines),
        *(by or ("-signkey", key)),
        *("-set_serial", f"0x{os.urandom(16).hex()}", "-out", draft / f"{name}.crt"),
    )


def make(folder: Path, hosts: Sequence[str]) -> Made:
    """Make a server's certificate, and the authority unless the folder has one for these hosts.

    Raises HostInvalid, OpensslMissing, AuthorityOfOthers.
    """
    names = sorted({_checked(host) for host in hosts})
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    limits = folder / "ca.hosts"
    is_new = not (folder / "ca.key").exists()
    if not is_new and not set(names) <= set(limits.read_text("ascii").split()):
        raise AuthorityOfOthers(folder=folder)
    before = os.umask(0o077)
    try:
        with tempfile.TemporaryDirectory(dir=folder) as held:
            draft = Path(held)
            if is_new:
                _make_authority(draft, names)
                limits.write_text("\n".join(names) + "\n", encoding="ascii")
                _keep(draft, folder, "ca")
            _sign(
                *(
                    draft,
                    "server",
                    "Qingfei server",
                    SERVER_DAYS,
                ),  # what reads as a host is tried as one
                [
                    "basicConstraints=critical,CA:FALSE",
                    "keyUsage=critical,digitalSignature",
                    "extendedKeyUsage=serverAuth",
                    f"subjectAltName={_alternative(names)}",
                ],
                *("-CA", folder / "ca.crt", "-CAkey", folder / "ca.key"),
            )
            _keep(draft, folder, "server")
    finally:
        os.umask(before)
    return files_in(folder)


def _make_authority(draft: Path, names: Sequence[str]) -> None:
    _sign(
        *(draft, "ca", f"Qingfei {names[0]}", AUTHORITY_DAYS),
        [
            "basicConstraints=critical,CA:TRUE,pathlen:0",
            "keyUsage=critical,keyCertSign,cRLSign",
            "subjectKeyIdentifier=hash",
            f"nameConstraints=critical,{_limits(names)}",
        ],
    )


def _keep(draft: Path, folder: Path, name: str) -> None:
    for ending in ("key", "crt"):  # the certificate last: where it is, its key is
        os.replace(draft / f"{name}.{ending}", folder / f"{name}.{ending}")
