"""Runs a whole Data-Juicer recipe in a folder, and lists which files hold which texts."""

import importlib
import json
import sys
from pathlib import Path


def offline() -> None:
    """The tool would install packages while it runs; here it has what it is given."""

    def refused(*_: object, **__: object) -> None:
        raise ImportError("nothing is installed while the tests run")

    loader = importlib.import_module("data_juicer.utils.lazy_loader").LazyLoader
    loader._install_package = refused
    loader._install_github_package = refused
    base = importlib.import_module("data_juicer.ops.base_op")
    vars(base)["free_models"] = lambda *_, **__: None  # it would load a package of models for it


def main() -> None:
    """Of {recipe, rows, planted}: file -> the planted texts that its bytes hold."""
    out, sys.stdout = sys.stdout, sys.stderr
    offline()
    case = json.load(sys.stdin)
    Path("in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in case["rows"]))
    Path("recipe.json").write_text(json.dumps(case["recipe"]))
    config = importlib.import_module("data_juicer.config")
    executor = importlib.import_module("data_juicer.core.executor.default_executor")
    executor.DefaultExecutor(config.init_configs(["--config", "recipe.json"])).run()
    found = {}
    for file in sorted(Path().rglob("*")):
        if file.is_file():
            raw = file.read_bytes()
            found[file.as_posix()] = [text for text in case["planted"] if text.encode() in raw]
    print(json.dumps(found), file=out)


if __name__ == "__main__":
    main()
