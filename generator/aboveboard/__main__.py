"""The program: `aboveboard`, or `python -m aboveboard`."""

import gc
import sys

gc.disable()  # most commands end at once: what they leave behind goes with the process


def main() -> None:
    """Run the command line."""
    try:
        from .cli import main as run

        run()
    except KeyboardInterrupt:  # so early or so late that nobody else took it
        sys.exit(130)
    finally:
        gc.freeze()  # so Python does not look through all of it once more before it ends


if __name__ == "__main__":
    main()
