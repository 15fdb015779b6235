"""Where the program starts, in a checkout, installed and built. Loads nothing heavy: spawned children load it again."""

import gc
import multiprocessing
import sys


def run() -> int:
    """Run the command line in this process, after a spawned child of a built program has gone its own way."""
    multiprocessing.freeze_support()
    # Loading modules makes no garbage worth looking for; `cli` turns the collector on again.
    gc.disable()
    from app.cli.main import main

    code = main()
    # At exit the interpreter would search all that was loaded for cycles, for a fifth of a second.
    gc.freeze()
    return code


if __name__ == "__main__":
    multiprocessing.freeze_support()
    from app.bootstrap import ensure

    ensure()
    sys.exit(run())
