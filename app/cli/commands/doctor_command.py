"""``sheetferry doctor``: checks the installation and says how to mend what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from app import exit_codes
from app.cli.output import say, say_json
from app.context.run_context import make_context
from app.setup.doctor import examine
from app.version import VERSION


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print every check; the exit code is 0 when all is well."""
    checks = examine(make_context(environ, "command", {}), environ)
    well = all(c.ok for c in checks)
    if arguments.json:
        rows = [
            {"name": c.name, "ok": c.ok, "detail": c.detail, "hint": c.hint, "milliseconds": round(c.milliseconds, 3)}
            for c in checks
        ]
        say_json({"version": VERSION, "ok": well, "checks": rows})
    else:
        for check in checks:
            say(f"{'ok  ' if check.ok else 'BAD '} {check.name:14} {check.detail}  [{check.milliseconds:.0f} ms]")
            if check.hint:
                say(f"     → {check.hint}")
    return exit_codes.OK if well else exit_codes.FAILED
