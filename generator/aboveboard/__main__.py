"""The program: `aboveboard`, or `python -m aboveboard`."""

import gc

gc.disable()  # most commands end at once: what they leave behind goes with the process


def main() -> None:
    """Run the command line."""
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
