"""Where the program starts, in a checkout, installed and built. Loads nothing heavy: spawned children load it again."""

import gc
import sys


def run() -> int:
    """Run the command line in this process, after a spawned child of a built program has gone its own way."""
    _go_own_way()
    # Loading modules makes no garbage worth looking for; `cli` turns the collector on again.
    gc.disable()
    from app.early_worker import start_early

    early = start_early(sys.argv[1:])
    from app.cli.main import main

    code = main(early=early)
    # At exit the interpreter would search all that was loaded for cycles, for a fifth of a second.
    gc.freeze()
    return code


def _go_own_way() -> None:
    """In a child of a built program this does not return."""
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()


if __name__ == "__main__":
    _go_own_way()
    from app.bootstrap import ensure

    ensure()
    sys.exit(run())
