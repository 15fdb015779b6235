"""Remembered choices by header fingerprint, in this workstation's store."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.model.options import ImportOptions
from workers.database.local.tables import LocalFile, insert, select

MOST = 500
"""Templates that are kept; the ones longest unused go first."""


@dataclass(frozen=True, slots=True)
class Template:
    """The choices of an import that was loaded.

    Attributes:
        fingerprint: Of the header, see `fingerprints.header_fingerprint`.
        options: The choices, with columns named by header.
        headers: The headers, for people.
        table: Where the rows went, ``schema.name``.
        source: Name of the file.
        saved: Unix time.
    """

    fingerprint: str
    options: ImportOptions
    headers: tuple[str, ...]
    table: str
    source: str
    saved: float


class TemplateShelf:
    """The templates of one home folder. Thread-safe; every method is one short transaction.

    All methods may raise EnvironmentFailure: ``disk-full``, ``home-not-writable``, ``store-busy``.
    """

    def __init__(self, file: LocalFile) -> None:
        """Use the store's file."""
        self._file = file

    def put(self, kept: Iterable[Template]) -> None:
        """Keep templates, each in the place of an older one for the same header."""
        with self._file.writing() as connection:
            for template in kept:
                connection.execute("DELETE FROM templates WHERE fingerprint = ?", (template.fingerprint,))
                insert(connection, "templates", [_row(template)])
            connection.execute(
                "DELETE FROM templates WHERE fingerprint IN"
                " (SELECT fingerprint FROM templates ORDER BY saved DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )

    def find(self, fingerprints: Collection[str]) -> dict[str, Template]:
        """The templates of these headers."""
        query = "SELECT * FROM templates WHERE fingerprint IN (SELECT value FROM json_each(?))"
        return {t.fingerprint: t for t in self._read(query, [json.dumps(list(fingerprints))])}

    def recent(self, limit: int = MOST) -> list[Template]:
        """Templates, the last used first."""
        return self._read("SELECT * FROM templates ORDER BY saved DESC LIMIT ?", [limit])

    def forget(self, fingerprint: str) -> None:
        """Let go of a template."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM templates WHERE fingerprint = ?", (fingerprint,))

    def forget_source(self, fingerprint: str, table: str, source: str) -> None:
        """Let go of a template if it is still the one that this file's import into this table had left."""
        query = "DELETE FROM templates WHERE fingerprint = ? AND target = ? AND source = ?"
        with self._file.writing() as connection:
            connection.execute(query, (fingerprint, table, source))

    def _read(self, query: str, parameters: list[Any]) -> list[Template]:
        with self._file.reading() as connection:
            rows = select(connection, query, parameters)
        return [template for template in map(_template, rows) if template is not None]


def _row(template: Template) -> dict[str, Any]:
    return {
        "fingerprint": template.fingerprint,
        "options": encode(template.options),
        "headers": list(template.headers),
        "target": template.table,
        "source": template.source,
        "saved": template.saved,
    }


def _template(row: Mapping[str, Any]) -> Template | None:
    """A template as it was kept; None for what a newer version wrote and this one cannot read."""
    try:
        options = decode(ImportOptions, row["options"])
    except CodecError:
        return None
    headers = tuple(str(header) for header in row["headers"])
    return Template(row["fingerprint"], options, headers, row["target"], row["source"], row["saved"])
