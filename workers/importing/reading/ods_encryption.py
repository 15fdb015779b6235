"""OpenDocument files protected by a password, unlocked in memory.

OpenDocument 1.2, part 3 (packages), section 3.4, says how: the password's hash is the start key, PBKDF2 derives the key
from it, and each part is deflated and then encrypted. The checksum is that of the first kilobyte of the deflated part.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import zlib
from collections.abc import Iterator
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from workers.core.errors import SheetferryError, UserError
from workers.core.tasks import Secret
from workers.importing.reading.encryption import needs_password
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.xml_events import Element, parse_tree
from workers.importing.reading.zip_package import ZipPackage

_MANIFEST: Final = "META-INF/manifest.xml"
_CONTENT: Final = "content.xml"
_CHUNK: Final = 1 << 18
_KILOBYTE: Final = 1024
_MOST_ROUNDS: Final = 10_000_000
_BLOCK: Final = 16


class UnlockedContent:
    """The content part of a protected document, decrypted once and inflated each time it is read."""

    def __init__(self, package: ZipPackage, password: Secret | str | None, limits: ReadLimits) -> None:
        """Decrypt the part.

        Raises:
            UserError: ``encrypted`` without a password, with a wrong one, or for a scheme that is not known.
        """
        if password is None:
            raise needs_password()
        if package.encrypted(_CONTENT) or _CONTENT not in package:
            raise _unknown_scheme("it is locked as a whole")
        words = password.reveal() if isinstance(password, Secret) else password
        self._limit = limits.inflated_size
        self._deflated = _decrypt(package.read(_CONTENT), _entry(package), words)

    def chunks(self) -> Iterator[bytes]:
        """The part in pieces.

        Raises:
            UserError: ``damaged`` when it cannot be inflated, ``too-large``.
        """
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        size = 0
        data = self._deflated
        try:
            while data and not inflater.eof:
                piece = inflater.decompress(data, _CHUNK)
                data = inflater.unconsumed_tail
                size += len(piece)
                if size > self._limit:
                    raise UserError.of("too-large", "The file unpacks to more than is allowed.")
                yield piece
        except zlib.error as error:
            raise UserError.of("damaged", "The file is damaged: its content cannot be unpacked.") from error


def _entry(package: ZipPackage) -> Element:
    """What the manifest says of the content's encryption."""
    manifest = parse_tree(package.read(_MANIFEST), _MANIFEST)
    for element in manifest.walk():
        if element.name == "file-entry" and element.get("full-path") == _CONTENT:
            data = element.child("encryption-data")
            if data is not None:
                return data
    raise UserError.of("damaged", "The file is damaged: it does not say how it is encrypted.")


def _decrypt(content: bytes, entry: Element, password: str) -> bytes:
    """The deflated part."""
    algorithm, derivation = entry.child("algorithm"), entry.child("key-derivation")
    if algorithm is None or derivation is None:
        raise UserError.of("damaged", "The file is damaged: it does not say how it is encrypted.")
    if not algorithm.get("algorithm-name").endswith("#aes256-cbc"):
        raise _unknown_scheme(algorithm.get("algorithm-name").rsplit("#", 1)[-1])
    if "pbkdf2" not in derivation.get("key-derivation-name").casefold():
        raise _unknown_scheme(derivation.get("key-derivation-name").rsplit(":", 1)[-1])
    start = entry.child("start-key-generation")
    sha256 = start is not None and "sha256" in start.get("start-key-generation-name").casefold()
    start_key = hashlib.new("sha256" if sha256 else "sha1", password.encode()).digest()
    try:
        rounds = int(derivation.get("iteration-count", "1024"))
        salt = base64.b64decode(derivation.get("salt"), validate=True)
        vector = base64.b64decode(algorithm.get("initialisation-vector"), validate=True)
        checksum = base64.b64decode(entry.get("checksum"), validate=True)
    except (ValueError, binascii.Error) as error:
        raise UserError.of("damaged", "The file is damaged: what it says of its encryption makes no sense.") from error
    if not 1 <= rounds <= _MOST_ROUNDS or len(vector) != _BLOCK or not content or len(content) % _BLOCK:
        raise UserError.of("damaged", "The file is damaged: what it says of its encryption makes no sense.")
    key = hashlib.pbkdf2_hmac("sha1", start_key, salt, rounds, 32)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(content) + decryptor.finalize()
    deflated = padded[: -padded[-1]] if 1 <= padded[-1] <= _BLOCK else padded
    if checksum and not hmac.compare_digest(_checksum(deflated, entry), checksum):
        raise UserError.of(
            "encrypted", "The password does not open the document.", "Check upper and lower case, and the keyboard."
        )
    return deflated


def _checksum(deflated: bytes, entry: Element) -> bytes:
    kind = entry.get("checksum-type").casefold()
    data = deflated[:_KILOBYTE] if kind.endswith("1k") else deflated
    return hashlib.new("sha256" if "sha256" in kind else "sha1", data).digest()


def _unknown_scheme(scheme: str) -> SheetferryError:
    return UserError.of(
        "encrypted",
        f"The document is protected by a password in a way that cannot be undone here ({scheme}).",
        "Open it in LibreOffice and save it without a password.",
    )
