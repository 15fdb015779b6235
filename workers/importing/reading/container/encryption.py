"""Workbooks protected by a password, unlocked in memory.

[MS-OFFCRYPTO] describes the schemes: agile and standard encryption of packages, RC4 and XOR of xls files.
"""

from __future__ import annotations

import io

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.tasks import Secret

# Excel itself tries this one before it asks: it stands for "read-only recommended".
_UNSPOKEN = "VelvetSweatshop"


def needs_password() -> SheetferryError:
    """The sentence for a locked workbook without a password."""
    return UserError.of(
        "encrypted", "The workbook is protected by a password.", "Give its password to read it, or remove it in Excel."
    )


def unlock(content: bytes, password: Secret | str | None) -> bytes:
    """Decrypt a workbook that is an OLE file.

    Raises:
        UserError: ``encrypted`` without a password, with a wrong one, or for a scheme that is not known.
    """
    if password is None:
        try:
            return _decrypt(content, _UNSPOKEN)
        except SheetferryError as error:
            raise needs_password() from error
    return _decrypt(content, password.reveal() if isinstance(password, Secret) else password)


def _decrypt(content: bytes, password: str) -> bytes:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    output = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        if type(file).__name__ == "OOXMLFile":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)
        file.decrypt(output)
    except InvalidKeyError as error:
        raise UserError.of(
            "encrypted", "The password does not open the workbook.", "Check upper and lower case, and the keyboard."
        ) from error
    except Exception as error:
        # The library raises whatever its parsers meet.
        if isinstance(error, DecryptionError) and "assword" in str(error):
            raise UserError.of("encrypted", "The password does not open the workbook.") from error
        raise UserError.of(
            "encrypted",
            "The workbook is protected by a password in a way that cannot be undone here.",
            "Open it in Excel and save it without a password.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    return output.getvalue()
