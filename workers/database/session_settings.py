"""How every transaction of ours begins: with settings of its own, whatever the role, database or server prescribe.

All of them are set for the transaction alone. A connection broker hands a server's session from client to client
between transactions, so that what is set for the session would be lost, or be found by somebody else.

The search path matters most. Where it leads through a schema in which others may create things, a function or operator
of theirs is called for one that is spelled the same, with our rights. So our own statements see the system's alone.
"""

from __future__ import annotations

import re

LOCK_TIMEOUT = "5s"
SAFE_PATH = "pg_catalog, pg_temp"

_PINNED = {
    "search_path": SAFE_PATH,
    # Else a policy of a table would hide rows by making the statement fail.
    "row_security": "on",
    "lock_timeout": LOCK_TIMEOUT,
    "statement_timeout": "0",
    # A client that has gone keeps no locks.
    "idle_in_transaction_session_timeout": "10min",
    # Texts read the same whatever the server's own settings are.
    "TimeZone": "UTC",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "standard_conforming_strings": "on",
    "backslash_quote": "safe_encoding",
    "array_nulls": "on",
    "quote_all_identifiers": "off",
    "transform_null_equals": "off",
    "xmloption": "content",
}
_PINNED_17 = {"transaction_timeout": "0"}
_DURABLE = (
    "pg_catalog.set_config('synchronous_commit', CASE WHEN pg_catalog.current_setting('synchronous_commit')"
    " OPERATOR(pg_catalog.=) 'off'::pg_catalog.text THEN 'on'"
    " ELSE pg_catalog.current_setting('synchronous_commit') END, true)"
)
"""What is said to be loaded must outlive a crash of the server; more than that (a stand-by's copy) is left as it is."""

# Between transactions: only on a session that is ours alone.
_DIRECT = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
}
_DIRECT_14 = {"idle_session_timeout": "0"}
_LOOKS_FOR_CLIENT = (
    # PostgreSQL 14 looks during a long statement whether its client is still there, but cannot on Windows.
    "CASE WHEN pg_catalog.version() OPERATOR(pg_catalog.!~*) '(windows|mingw|visual c|msvc)'::pg_catalog.text"
    " THEN pg_catalog.set_config('client_connection_check_interval', '2s', false) END"
)
_SCHEMA = re.compile(r'"(?:[^"]|"")*"|[^,\s]+')


def pins(version: int) -> str:
    """The first statement of every transaction; it answers with the search path that it replaces.

    Written so that nothing in it is looked for along that path.
    """
    values = {**_PINNED, **(_PINNED_17 if version >= 170000 else {})}
    settings = [f"pg_catalog.set_config('{name}', '{value}', true)" for name, value in values.items()]
    return "SELECT " + ", ".join(["pg_catalog.current_setting('search_path')", _DURABLE, *settings])


def direct_settings(version: int, pid: int) -> str:
    """What is set once for a session, unless a broker stands between: it tells its clients another process number."""
    values = {**_DIRECT, **(_DIRECT_14 if version >= 140000 else {})}
    settings = [f"pg_catalog.set_config('{name}', '{value}', false)" for name, value in values.items()]
    if version >= 140000:
        settings.append(_LOOKS_FOR_CLIENT)
    ours = f"pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) {pid}"
    return "SELECT " + ", ".join(f"CASE WHEN {ours} THEN {setting} END" for setting in settings)


def behind_the_systems(path: str) -> str:
    """A search path in which the system's schema is not named, since that is how it comes first."""
    named = _SCHEMA.findall(path)
    return ", ".join(name for name in named if name.strip('"') != "pg_catalog" and name.lower() != "pg_catalog")
