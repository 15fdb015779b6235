"""OpenDocument files protected by a password, unlocked in memory.

OpenDocument 1.2, part 3 (packages), section 3.4, says how: the password's hash is the start key, a key is derived from
it, and each part is deflated and then encrypted. OpenDocument 1.1 and older programs do so with Blowfish, later ones
with AES in CBC mode; the checksum is that of the first kilobyte of the deflated part. LibreOffice 24.8 and newer keep
the whole package in one part instead, encrypted with AES in GCM mode under a key derived by Argon2id (RFC 9106): the
nonce comes first, the tag last, and a wrong password shows in the tag.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import io
import zlib
from collections.abc import Iterator
from typing import Final

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.tasks import Secret
from workers.importing.reading.container.encryption import needs_password
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.markup.xml_events import Element, parse_tree

WHOLE_PACKAGE: Final = "encrypted-package"
"""The part that holds a whole package."""
_MANIFEST: Final = "META-INF/manifest.xml"
_CONTENT: Final = "content.xml"
_CHUNK: Final = 1 << 18
_KILOBYTE: Final = 1024
_MOST_ROUNDS: Final = 10_000_000
_MOST_MEMORY: Final = 1 << 20
"""KiB that a key may ask for: sixteen times what LibreOffice writes."""
_MOST_WORK: Final = 1 << 22
"""KiB times passes."""
_MOST_LANES: Final = 64
_BLOCK: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_AES_KEY: Final = 32
_BLOWFISH_KEY: Final = 16


def unlocked_package(package: ZipPackage, password: Secret | str | None, limits: ReadLimits) -> io.BytesIO:
    """The package inside a document that is encrypted as a whole.

    Raises:
        UserError: ``encrypted`` without a password, with a wrong one, or for a scheme that is not known; ``damaged``.
    """
    if password is None:
        raise needs_password()
    plain = _decrypt(package.read(WHOLE_PACKAGE), _entry(package, WHOLE_PACKAGE), _words(password))
    if not plain.startswith(b"PK"):
        plain = b"".join(_inflated(plain, limits.inflated_size))
    return io.BytesIO(plain)


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
        self._limit = limits.inflated_size
        self._deflated = _decrypt(package.read(_CONTENT), _entry(package, _CONTENT), _words(password))

    def chunks(self) -> Iterator[bytes]:
        """The part in pieces.

        Raises:
            UserError: ``damaged`` when it cannot be inflated, ``too-large``.
        """
        return _inflated(self._deflated, self._limit)


def _inflated(data: bytes, limit: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    try:
        while data and not inflater.eof:
            piece = inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
            size += len(piece)
            if size > limit:
                raise UserError.of("too-large", "The file unpacks to more than is allowed.")
            yield piece
    except zlib.error as error:
        raise UserError.of("damaged", "The file is damaged: its content cannot be unpacked.") from error


def _words(password: Secret | str) -> str:
    return password.reveal() if isinstance(password, Secret) else password


def _entry(package: ZipPackage, part: str) -> Element:
    """What the manifest says of a part's encryption."""
    manifest = parse_tree(package.read(_MANIFEST), _MANIFEST)
    for element in manifest.walk():
        if element.name == "file-entry" and element.get("full-path") == part:
            data = element.child("encryption-data")
            if data is not None:
                return data
    raise UserError.of("damaged", "The file is damaged: it does not say how it is encrypted.")


def _decrypt(content: bytes, entry: Element, password: str) -> bytes:
    """The part as it was before it was encrypted."""
    algorithm, derivation = entry.child("algorithm"), entry.child("key-derivation")
    if algorithm is None or derivation is None:
        raise UserError.of("damaged", "The file is damaged: it does not say how it is encrypted.")
    cipher = algorithm.get("algorithm-name").rsplit("#", 1)[-1]
    if cipher not in ("aes256-cbc", "aes256-gcm", "Blowfish CFB"):
        raise _unknown_scheme(cipher)
    try:
        vector = base64.b64decode(algorithm.get("initialisation-vector"), validate=True)
        checksum = base64.b64decode(entry.get("checksum"), validate=True)
        size = _BLOWFISH_KEY if cipher == "Blowfish CFB" else _AES_KEY
        key = _key(derivation, _start_key(entry, password), size)
    except (ValueError, binascii.Error) as error:
        raise _senseless() from error
    if cipher == "aes256-gcm":
        return _decrypt_gcm(content, key)
    plain = _decrypt_cbc(content, key, vector) if cipher == "aes256-cbc" else _decrypt_blowfish(content, key, vector)
    if checksum and not hmac.compare_digest(_checksum(plain, entry), checksum):
        raise _wrong_password()
    return plain


def _start_key(entry: Element, password: str) -> bytes:
    start = entry.child("start-key-generation")
    sha256 = start is not None and "sha256" in start.get("start-key-generation-name").casefold()
    return hashlib.new("sha256" if sha256 else "sha1", password.encode()).digest()


def _key(derivation: Element, start_key: bytes, size: int) -> bytes:
    """The key derived as the manifest says.

    Raises:
        ValueError: for figures that are none, or that no program writes.
    """
    salt = base64.b64decode(derivation.get("salt"), validate=True)
    name = derivation.get("key-derivation-name")
    if "pbkdf2" in name.casefold():
        rounds = int(derivation.get("iteration-count", "1024"))
        if not 1 <= rounds <= _MOST_ROUNDS:
            raise ValueError(rounds)
        return hashlib.pbkdf2_hmac("sha1", start_key, salt, rounds, size)
    if not name.casefold().endswith("argon2id"):
        raise _unknown_scheme(name.rsplit(":", 1)[-1])
    passes, memory, lanes = (int(derivation.get(f"argon2-{what}", "0")) for what in ("iterations", "memory", "lanes"))
    if not (passes >= 1 and memory <= _MOST_MEMORY and passes * memory <= _MOST_WORK and 1 <= lanes <= _MOST_LANES):
        raise ValueError(memory)
    return _argon2id(start_key, salt, size, (passes, memory, lanes))


def _argon2id(start_key: bytes, salt: bytes, size: int, costs: tuple[int, int, int]) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    passes, memory, lanes = costs
    try:
        return Argon2id(salt=salt, length=size, iterations=passes, lanes=lanes, memory_cost=memory).derive(start_key)
    except UnsupportedAlgorithm as error:
        raise _unknown_scheme("argon2id") from error


def _decrypt_gcm(content: bytes, key: bytes) -> bytes:
    if len(content) < _NONCE + _TAG:
        raise _senseless()
    try:
        return AESGCM(key).decrypt(content[:_NONCE], content[_NONCE:], None)
    except InvalidTag as error:
        raise _wrong_password() from error


def _decrypt_cbc(content: bytes, key: bytes, vector: bytes) -> bytes:
    if len(vector) != _BLOCK or not content or len(content) % _BLOCK:
        raise _senseless()
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    padded = decryptor.update(content) + decryptor.finalize()
    return padded[: -padded[-1]] if 1 <= padded[-1] <= _BLOCK else padded


def _decrypt_blowfish(content: bytes, key: bytes, vector: bytes) -> bytes:
    if len(vector) * 8 != Blowfish.block_size:
        raise _senseless()
    decryptor = Cipher(Blowfish(key), CFB(vector)).decryptor()
    return decryptor.update(content) + decryptor.finalize()


def _senseless() -> SheetferryError:
    return UserError.of("damaged", "The file is damaged: what it says of its encryption makes no sense.")


def _wrong_password() -> SheetferryError:
    return UserError.of(
        "encrypted", "The password does not open the document.", "Check upper and lower case, and the keyboard."
    )


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
