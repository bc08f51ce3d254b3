"""Certificates of one's own: the chain holds for the hosts named, and for no other."""

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api import certificates
from api.cli import build, serve
from api.settings import Settings


@pytest.fixture
def made(tmp_path: Path) -> certificates.Made:
    return certificates.make(tmp_path / "certificates", ["127.0.0.1", "Qingfei.kdl"])


def greet(made: certificates.Made, name: str) -> str:
    """Open a connection as a phone does that trusts the authority; return the agreed version."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made.certificate, made.key)
    ours, theirs = socket.socketpair()

    def answer() -> None:
        try:
            context.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    trust = ssl.create_default_context(cafile=str(made.authority))
    try:
        with trust.wrap_socket(ours, server_hostname=name) as link:
            return str(link.version())
    finally:
        ours.close()
        thread.join(10)


@pytest.mark.parametrize("name", ["127.0.0.1", "qingfei.kdl"])
def test_a_phone_that_trusts_the_authority_trusts_the_server(made, name: str):
    assert greet(made, name).startswith("TLSv1")


@pytest.mark.parametrize("name", ["127.0.0.2", "elsewhere.kdl"])
def test_another_host_is_not_trusted(made, name: str):
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(made, name)


@pytest.mark.parametrize("own", ["10.1.2.3", "qingfei.kdl"])
@pytest.mark.parametrize("other", ["DNS:bank.example", "IP:10.1.2.4"])
def test_the_authority_cannot_sign_for_others(tmp_path: Path, own: str, other: str):
    """Who steals its key gets no further than this server."""
    made = certificates.make(tmp_path / "certificates", [own])
    folder = made.authority.parent
    extensions = ["basicConstraints=critical,CA:FALSE", f"subjectAltName={other}"]
    by = ("-CA", folder / "ca.crt", "-CAkey", folder / "ca.key")
    certificates._sign(tmp_path, "stolen", "stolen one", 30, extensions, *by)
    stolen = certificates.Made(made.authority, tmp_path / "stolen.crt", tmp_path / "stolen.key")
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        greet(stolen, other.split(":")[1])


def test_keys_are_for_this_account_only(made):
    keys = sorted(made.authority.parent.glob("*.key"))
    assert [one.name for one in keys] == ["ca.key", "server.key"]
    assert {one.stat().st_mode & 0o777 for one in keys} == {0o600}
    assert made.authority.parent.stat().st_mode & 0o077 == 0


def test_a_new_server_certificate_leaves_the_authority(made):
    authority, before = made.authority.read_bytes(), made.certificate.read_bytes()
    certificates.make(made.authority.parent, ["127.0.0.1"])
    assert made.authority.read_bytes() == authority
    assert made.certificate.read_bytes() != before
    assert greet(made, "127.0.0.1")


def test_an_authority_of_other_hosts_is_not_replaced(made):
    before = made.authority.read_bytes()
    with pytest.raises(certificates.AuthorityOfOthers):
        certificates.make(made.authority.parent, ["10.9.9.9"])
    assert made.authority.read_bytes() == before


@pytest.mark.parametrize("host", ["", "a b", "x/y", "x,DNS:evil", "-x", "*.kdl", "a\nb", "é.kdl"])
def test_what_is_no_host_is_refused(tmp_path: Path, host: str):
    with pytest.raises(certificates.HostInvalid):
        certificates.make(tmp_path / "certificates", [host])
    assert not (tmp_path / "certificates").exists()


def test_without_openssl_nothing_is_left_half_made(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    folder = tmp_path / "certificates"
    with pytest.raises(certificates.OpensslMissing):
        certificates.make(folder, ["127.0.0.1"])
    assert [one.name for one in folder.iterdir() if one.suffix in (".key", ".crt")] == []


def test_the_command_says_where_the_files_are(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("QINGFEI_DATA_DIR", str(tmp_path))
    done = CliRunner().invoke(
        build(["certificate"]), ["certificate", "--host", "10.1.2.3", "--json"]
    )
    assert done.exit_code == 0
    assert Path(json.loads(done.stdout)["authority"]) == tmp_path / "certificates" / "ca.crt"
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-text", "-in", tmp_path / "certificates" / "server.crt"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "IP Address:10.1.2.3" in shown.stdout


def test_https_makes_the_cookie_secure(made):
    plain = Settings()
    assert serve.with_https(plain).secure_cookie is False
    wish = {"certificate": made.certificate, "certificate_key": made.key}
    assert serve.with_https(plain.model_copy(update=wish)).secure_cookie is True


def pairs(made: certificates.Made, tmp_path: Path) -> list[dict[str, Path]]:
    other = certificates.make(tmp_path / "other", ["127.0.0.1"])
    return [
        {"certificate": made.certificate},
        {"certificate_key": made.key},
        {"certificate": made.certificate, "certificate_key": other.key},
        {"certificate": tmp_path / "gone.crt", "certificate_key": made.key},
    ]


def test_a_certificate_that_does_not_fit_is_refused_before_serving(made, tmp_path: Path):
    for wish in pairs(made, tmp_path):
        with pytest.raises(serve.CertificateUnfit):
            serve.with_https(Settings().model_copy(update=wish))


def test_phones_can_fetch_the_authority_but_no_key(
    stranger: TestClient, settings: Settings, app: Callable[..., None]
):
    assert stranger.get("/ca.crt").status_code == 404
    made = certificates.make(settings.certificates_dir, ["127.0.0.1"])
    answer = stranger.get("/ca.crt")
    assert answer.content == made.authority.read_bytes()
    assert answer.headers["content-type"] == "application/x-x509-ca-cert"
    assert b"PRIVATE" not in answer.content
