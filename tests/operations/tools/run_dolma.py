"""Runs Dolma's taggers and its mixer; reads and writes JSON.

The package is not imported whole, since most of it needs models that play no part here.
"""

import importlib
import json
import shutil
import subprocess
import sys
import sysconfig
import types
from pathlib import Path

ROOT = Path(sysconfig.get_paths()["purelib"]) / "dolma"


def load(name: str) -> types.ModuleType:
    """A module of Dolma without what its packages import besides."""
    for package in ("dolma", "dolma.taggers", "dolma.core"):
        if package not in sys.modules:
            sys.modules[package] = types.ModuleType(package)
            sys.modules[package].__path__ = [str(ROOT.joinpath(*package.split(".")[1:]))]
    return importlib.import_module(name)


def tagged(tagger: str, text: str) -> list[list[object]]:
    """What a tagger finds in a text: type, start, end, score."""
    load("dolma.taggers.pii")
    found = load("dolma.core.registry").TaggerRegistry.get(tagger)()
    document = load("dolma.core.data_types").Document(source="s", id="1", text=text)
    return [[s.type, s.start, s.end, s.score] for s in found.predict(document).spans]


def mixed(case: dict) -> object:  # type: ignore[type-arg]
    """The documents that a stream leaves; null if the mixer fails."""
    folder = Path(f"mix-{case['number']}")
    (folder / "documents").mkdir(parents=True)
    lines = [
        json.dumps({"source": "s", "id": str(n), **d}) for n, d in enumerate(case["documents"])
    ]
    (folder / "documents/a.jsonl").write_text("\n".join(lines) + "\n")
    for name, rows in case["attributes"].items():
        (folder / f"attributes/{name}").mkdir(parents=True)
        lines = [json.dumps({"id": str(n), "attributes": row}) for n, row in enumerate(rows)]
        (folder / f"attributes/{name}/a.jsonl").write_text("\n".join(lines) + "\n")
    stream = case["stream"]
    syntax = {"syntax": "jsonpath"}
    config = {
        "streams": [
            {
                "name": "m",
                "documents": [f"{folder}/documents/*"],
                "attributes": stream.get("attributes", []),
                "output": {
                    "max_size_in_bytes": 10**6,
                    **stream.get("output", {}),
                    "path": f"{folder}/out",
                },
                "compression": {"input": None, "output": None},
                "span_replacement": [{**syntax, **s} for s in stream.get("span_replacement", [])],
                **(
                    {"filter": {"include": [], "exclude": [], **stream["filter"]}}
                    if "filter" in stream
                    else {}
                ),
            }
        ],
        "work_dir": {"input": f"{folder}/i", "output": f"{folder}/o"},
        "processes": 1,
        "shuffle": True,
    }
    ran = subprocess.run(
        [sys.executable, __file__, "mix", json.dumps(config)], capture_output=True, check=False
    )
    files = [f for f in folder.glob("out/m-*") if f.suffix != ".tmp"]
    made = (
        [json.loads(line) for f in files for line in _lines(f)]
        if ran.returncode == 0 and files
        else None
    )
    shutil.rmtree(folder)
    return made


def _lines(file: Path) -> list[str]:
    raw = file.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = importlib.import_module("gzip").decompress(raw)
    return raw.decode().splitlines()


def main() -> None:
    """Of {tag: [[tagger, text]], mix: [case]}, what both find and leave."""
    if sys.argv[1:2] == ["mix"]:  # the mixer ends the whole process when it fails
        load("dolma.dolma").mixer_entrypoint(sys.argv[2])
        return
    out, sys.stdout = sys.stdout, sys.stderr
    given = json.load(sys.stdin)
    found = {
        "tag": [tagged(*pair) for pair in given.get("tag", [])],
        "mix": [mixed({**case, "number": n}) for n, case in enumerate(given.get("mix", []))],
    }
    print(json.dumps(found), file=out)


if __name__ == "__main__":
    main()
