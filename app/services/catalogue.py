"""What a database holds, as the Explore page shows it: schemas, tables, columns; and the words that are completed."""

from __future__ import annotations

from sqlalchemy import Engine

from widgets.explore.sql_text import KEYWORDS
from widgets.explore.view_data import SourceKind, SourceNode
from widgets.parts.wording import short_count
from workers.core.model.naming import identifier
from workers.database.catalog import columns, schemas, tables

_FUNCTIONS = ("count", "sum", "avg", "min", "max", "coalesce", "date_trunc", "extract", "round", "row_number", "now")


def schema_nodes(engine: Engine) -> tuple[SourceNode, ...]:
    """The schemas of a database. Connects: not for the UI thread."""
    with engine.connect() as connection:
        return tuple(
            SourceNode(SourceKind.SCHEMA, f"schema:{entry.name}", entry.name, insert=quoted(entry.name), opens=True)
            for entry in schemas(connection)
        )


def table_nodes(engine: Engine, schema: str) -> tuple[SourceNode, ...]:
    """The tables of a schema. Connects: not for the UI thread."""
    with engine.connect() as connection:
        return tuple(
            SourceNode(
                SourceKind.TABLE,
                f"table:{schema}\n{entry.name}",
                entry.name,
                short_count(entry.rows) if entry.rows is not None else "",
                f"{quoted(schema)}.{quoted(entry.name)}",
                opens=True,
            )
            for entry in tables(connection, schema)
        )


def column_nodes(engine: Engine, schema: str, table: str) -> tuple[SourceNode, ...]:
    """The columns of a table. Connects: not for the UI thread."""
    with engine.connect() as connection:
        return tuple(
            SourceNode(SourceKind.COLUMN, f"column:{schema}\n{table}\n{c.name}", c.name, c.type, insert=quoted(c.name))
            for c in columns(connection, schema, table)
        )


def words(engine: Engine) -> list[str]:
    """Names of schemas, tables and columns, and SQL's own words. Connects: not for the UI thread."""
    found = {*KEYWORDS, *_FUNCTIONS}
    with engine.connect() as connection:
        for schema in schemas(connection):
            found.add(quoted(schema.name))
            for table in tables(connection, schema.name)[:300]:
                found.add(quoted(table.name))
                found.update(quoted(column.name) for column in columns(connection, schema.name, table.name))
    return sorted(found, key=str.casefold)


def quoted(name: str) -> str:
    """A name as SQL wants it: as it is where it needs no quotation marks."""
    if name and identifier(name) == name and name.isascii() and not name[0].isdigit() and name not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'
