"""Makes a bare checkout runnable: a ``.venv`` beside it with the pinned dependencies, then the same command inside it.

Standard library only. Nothing happens in a built program, nor where the dependencies are there already. The first lines
run on any Python 3, so that an old one gets a sentence; therefore no ``from __future__`` here.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Sheetferry needs Python 3.11 or newer, this is {sys.version.split()[0]}. Call it with a newer one.")

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from app.setup.provisioning import Environment, ProvisioningError
from app.setup.qt_libraries import missing_qt_libraries, window_obstacle

__all__ = ["ensure", "missing_qt_libraries", "window_obstacle"]

CHECKOUT = Path(__file__).resolve().parent.parent
_REENTERED = "SHEETFERRY_REENTERED"


def ensure(groups: Sequence[str] = ()) -> None:
    """Return when the dependencies can be imported; else set them up and start the same command again inside.

    Args:
        groups: Dependency groups of pyproject.toml that are needed besides the program's own dependencies.

    Raises:
        SystemExit: with one sentence, if they cannot be set up; with the command's exit code, where it ran in a
            process of its own.
    """
    reentered = os.environ.pop(_REENTERED, None) is not None
    if getattr(sys, "frozen", False) or not (CHECKOUT / "pyproject.toml").is_file():
        return
    environment = Environment(CHECKOUT, groups)
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
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("Interrupted; the next call goes on with the set-up.", file=sys.stderr)
        sys.exit(130)
    _replace_process(environment.python, {_REENTERED: "1"})


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
        sys.exit(f"{python} cannot be run ({error.strerror}). Delete the folder {CHECKOUT / '.venv'} and call again.")


def _wait_for(command: list[str], environ: dict[str, str]) -> int:
    """Run a child that shares this console and give its exit code; Ctrl-C is the child's to answer."""
    with subprocess.Popen(command, env=environ) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
