"""A telephone in the same Wi-Fi: this computer's address there, a certificate of its own, a code to photograph."""

__all__ = ["Certificate", "certificate", "code", "own_address"]

import contextlib
import datetime
import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voicemock.errors import UsageError
from voicemock.paths import private_dir, user_data_dir, write_whole

if TYPE_CHECKING:
    from cryptography import x509

LASTS = datetime.timedelta(days=365)
"""Browsers refuse certificates of more than 398 days."""
LEFT = datetime.timedelta(days=7)
"""One that ends so soon is made anew."""
SHOWN = 8
"""Bytes of its fingerprint that are shown: enough to tell it from another by eye."""


class Certificate(NamedTuple):
    """Where it and its key are, and what a telephone shows of it."""

    path: Path
    key: Path
    fingerprint: str


def own_address() -> str:
    """Return this computer's address in its network; nothing is sent to find out. Raises UsageError without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # of no machine (RFC 5737); connecting a UDP socket sends nothing
        found = str(probe.getsockname()[0])
        if ipaddress.ip_address(found).is_private and not ipaddress.ip_address(found).is_loopback:
            return found
    raise UsageError(
        "This computer is on no home or office network that a phone could share.",
        hint="Connect it to the same Wi-Fi as your phone, or leave --lan out.",
    )


def certificate(address: str) -> Certificate:
    """Return the certificate for an address, the one of last time if it still holds; readable by its owner alone."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    folder = private_dir(private_dir(user_data_dir()) / "page")
    path, key = folder / "certificate.pem", folder / "key.pem"
    found = None
    with contextlib.suppress(OSError, ValueError):
        kept = x509.load_pem_x509_certificate(path.read_bytes())
        if serialization.load_pem_private_key(key.read_bytes(), None).public_key() == kept.public_key():
            found = kept
            key.chmod(0o600)
    if found is None or not _holds(found, address):
        found = _made(address, path, key)
    digest = found.fingerprint(hashes.SHA256())[:SHOWN]
    return Certificate(path, key, " ".join(f"{byte:02X}" for byte in digest))


def code(text: str) -> str:
    """Return a text as a QR code, a picture inside an address."""
    import segno

    return str(segno.make(text, error="m", micro=False).svg_data_uri(scale=6, border=3, light="#fff", dark="#000"))


def _holds(found: "x509.Certificate", address: str) -> bool:
    from cryptography import x509

    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    now = datetime.datetime.now(datetime.UTC)
    return ipaddress.ip_address(address) in names.get_values_for_type(x509.IPAddress) and (
        now < found.not_valid_after_utc - LEFT
    )


def _made(address: str, path: Path, key: Path) -> "x509.Certificate":
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    secret = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "voicemock on your computer")])
    now = datetime.datetime.now(datetime.UTC)
    found = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(secret, hashes.SHA256())
    )
    plain = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_whole(key, plain)
    write_whole(path, found.public_bytes(serialization.Encoding.PEM))
    return found
