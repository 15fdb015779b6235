"""The thorough look at the environment, and the way into it: set it up from the outside, then run there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app.setup.provisioning import Environment, ProvisioningError
from workers.core.model.shown_text import shown_lines

REENTERED = "SHEETFERRY_REENTERED"


def check_and_enter(checkout: Path, groups: Sequence[str], *, reentered: bool) -> None:
    """Return when this interpreter has the dependencies; else set them up and start the same command again inside.

    Args:
        checkout: Where the program is.
        groups: Dependency groups that are needed besides its own dependencies.
        reentered: Whether this process was started by the set-up.

    Raises:
        SystemExit: as `bootstrap.ensure` says.
    """
    environment = Environment(checkout, groups)
    if environment.is_current() and environment.is_inside():
        return
    if environment.interpreter_has_all():
        return
    if reentered:
        sys.exit(f"The environment in {environment.folder} is not usable. Delete that folder and call again.")
    _set_up_and_reenter(environment)


def _set_up_and_reenter(environment: Environment) -> NoReturn:
    """Set the environment up from the outside, so that it can be made anew, and go in."""
    if environment.is_inside() and not environment.is_current():
        _replace_process(Path(getattr(sys, "_base_executable", sys.executable)), {})
    try:
        environment.provide()
    except ProvisioningError as error:
        sys.exit(shown_lines(str(error)))  # the installer is quoted in it
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted; the next call goes on with the set-up.\n")
        sys.exit(130)
    _replace_process(environment.python, {REENTERED: "1"})


def _replace_process(python: Path, variables: dict[str, str]) -> NoReturn:
    """Go on with the same arguments in another interpreter.

    On Windows ``exec`` would return to the shell at once while the program goes on, so a child is waited for there.
    """
    command = [str(python), *sys.orig_argv[1:]]
    environ = os.environ | variables
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        if sys.platform == "win32":
            sys.exit(_wait_for(command, environ))
        os.execve(command[0], command, environ)
    except OSError as error:
        sys.exit(f"{python} cannot be run ({error.strerror}). Delete the folder {python.parent.parent} and call again.")


def _wait_for(command: list[str], environ: dict[str, str]) -> int:
    """Run a child that shares this console and give its exit code; Ctrl-C is the child's to answer."""
    with subprocess.Popen(command, env=environ) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
