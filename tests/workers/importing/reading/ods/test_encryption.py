"""Protected OpenDocument files of every age: Blowfish, AES in CBC mode, and whole packages under Argon2id."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.decrepit.ciphers.algorithms import Blowfish
from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.workers.importing.reading.test_other_formats import cell, ods
from workers.core.model.errors import UserError
from workers.core.model.tasks import Secret
from workers.importing.reading.opening import open_workbook

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_EXTENSIONS = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"
_ARGON2 = "urn:org:documentfoundation:names:experimental:office:manifest:argon2id"
_SALT = b"0123456789abcdef"
_PASSWORD = "öpen sesame"


@dataclass(frozen=True)
class Lock:
    """One part as it stands in a locked package, and what the manifest says of it."""

    part: str
    content: bytes
    algorithm: str
    vector: bytes
    derivation: str
    checksum: str = ""
    start: str = ""


def _plain(folder: Path) -> Path:
    row = cell("float", "42") + cell("string", "", "answer")
    return ods(folder, f'<table:table table:name="S"><table:table-row>{row}</table:table-row></table:table>')


def _deflated(path: Path) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    with zipfile.ZipFile(path) as book:
        return packer.compress(book.read("content.xml")) + packer.flush()


def _cbc(path: Path) -> Lock:
    deflated, vector = _deflated(path), b"fedcba9876543210"
    padded = deflated + bytes([16 - len(deflated) % 16]) * (16 - len(deflated) % 16)
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(_PASSWORD.encode()).digest(), _SALT, 1024, 32)
    cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return Lock(
        "content.xml",
        cipher.update(padded) + cipher.finalize(),
        "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
        vector,
        'm:key-derivation-name="PBKDF2" m:iteration-count="1024"',
        f'm:checksum-type="{_NAMESPACE}#sha256-1k" m:checksum="{_text(hashlib.sha256(deflated[:1024]).digest())}"',
        "http://www.w3.org/2000/09/xmldsig#sha256",
    )


def _blowfish(path: Path) -> Lock:
    deflated, vector = _deflated(path), b"fedcba98"
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha1(_PASSWORD.encode()).digest(), _SALT, 1024, 16)
    cipher = Cipher(Blowfish(key), CFB(vector)).encryptor()
    return Lock(
        "content.xml",
        cipher.update(deflated) + cipher.finalize(),
        "Blowfish CFB",
        vector,
        'm:key-derivation-name="PBKDF2" m:iteration-count="1024"',
        f'm:checksum-type="SHA1/1K" m:checksum="{_text(hashlib.sha1(deflated[:1024]).digest())}"',
    )


def _whole(path: Path, memory: int = 1024) -> Lock:
    start, nonce = hashlib.sha256(_PASSWORD.encode()).digest(), b"fedcba987654"
    key = Argon2id(salt=_SALT, length=32, iterations=3, lanes=4, memory_cost=1024).derive(start)
    return Lock(
        "encrypted-package",
        nonce + AESGCM(key).encrypt(nonce, path.read_bytes(), None),
        "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        nonce,
        f'm:key-derivation-name="{_ARGON2}" x:argon2-iterations="3" x:argon2-memory="{memory}" x:argon2-lanes="4"',
        start="http://www.w3.org/2001/04/xmlenc#sha256",
    )


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _locked(path: Path, lock: Lock) -> Path:
    start = f'<m:start-key-generation m:start-key-generation-name="{lock.start}"/>' if lock.start else ""
    manifest = (
        f'<m:manifest xmlns:m="{_NAMESPACE}" xmlns:x="{_EXTENSIONS}"><m:file-entry m:full-path="{lock.part}">'
        f"<m:encryption-data {lock.checksum}>"
        f'<m:algorithm m:algorithm-name="{lock.algorithm}" m:initialisation-vector="{_text(lock.vector)}"/>{start}'
        f'<m:key-derivation {lock.derivation} m:salt="{_text(_SALT)}"/>'
        "</m:encryption-data></m:file-entry></m:manifest>"
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(lock.part, lock.content)
        book.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize("scheme", [_cbc, _blowfish, _whole])
def test_a_locked_document_needs_its_password(tmp_path: Path, scheme: object) -> None:
    assert callable(scheme)
    path = _locked(tmp_path / "locked.ods", scheme(_plain(tmp_path)))
    for password in (None, Secret("wrong")):
        with pytest.raises(UserError) as caught:
            open_workbook(path, password=password)
        assert caught.value.info.kind == "encrypted"
        assert "wrong" not in caught.value.info.message
    workbook = open_workbook(path, password=Secret(_PASSWORD))
    assert list(workbook.rows(workbook.sheets[0])) == [[42, "answer"]]


def test_a_key_that_would_cost_gigabytes_is_refused(tmp_path: Path) -> None:
    path = _locked(tmp_path / "locked.ods", _whole(_plain(tmp_path), memory=64 << 20))
    with pytest.raises(UserError) as caught:
        open_workbook(path, password=Secret(_PASSWORD))
    assert caught.value.info.kind == "damaged"


def test_a_truncated_package_opens_with_no_password(tmp_path: Path) -> None:
    lock = _whole(_plain(tmp_path))
    path = _locked(tmp_path / "locked.ods", Lock(lock.part, lock.content[:-1], *_rest(lock)))
    with pytest.raises(UserError) as caught:
        open_workbook(path, password=Secret(_PASSWORD))
    assert caught.value.info.kind == "encrypted"


def _rest(lock: Lock) -> tuple[str, bytes, str, str, str]:
    return lock.algorithm, lock.vector, lock.derivation, lock.checksum, lock.start


def test_what_is_in_the_package_may_be_no_workbook(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as book:
        book.writestr("note.txt", "nothing")
    (tmp_path / "inner.zip").write_bytes(inner.getvalue())
    path = _locked(tmp_path / "locked.ods", _whole(tmp_path / "inner.zip"))
    with pytest.raises(UserError) as caught:
        open_workbook(path, password=Secret(_PASSWORD))
    assert caught.value.info.kind == "not-a-workbook"


def test_an_unknown_way_of_locking_is_named(tmp_path: Path) -> None:
    lock = _cbc(_plain(tmp_path))
    unknown = Lock(lock.part, lock.content, "http://www.w3.org/2001/04/xmlenc#tripledes-cbc", *_rest(lock)[1:])
    with pytest.raises(UserError) as caught:
        open_workbook(_locked(tmp_path / "locked.ods", unknown), password=Secret(_PASSWORD))
    assert caught.value.info.kind == "encrypted"
    assert "tripledes-cbc" in caught.value.info.message
