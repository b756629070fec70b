"""Runs chains of Data-Juicer's operators on rows; reads and writes JSON."""

import importlib
import json
import sys


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
    """Of [{process, rows}], the rows that each chain leaves; null if it fails."""
    out, sys.stdout = sys.stdout, sys.stderr  # the tool prints too
    offline()
    load_ops = importlib.import_module("data_juicer.ops").load_ops
    dataset = importlib.import_module("data_juicer.core.data").NestedDataset
    found = []
    for case in json.load(sys.stdin):
        ops = load_ops(case["process"])
        made = dataset.from_list(case["rows"])
        for op in ops:
            op.num_proc = 1
            made = made.process(op)
        found.append([{k: v for k, v in row.items() if not k.startswith("__dj__")} for row in made])
    print(json.dumps(found), file=out)


if __name__ == "__main__":
    main()
