"""Runs Presidio's anonymizer on spans that were found already; reads and writes JSON."""

import importlib
import json
import sys


def main() -> None:
    """Of [{text, start, end, operator, params}], each text after the operator."""
    engine = importlib.import_module("presidio_anonymizer").AnonymizerEngine()
    entities = importlib.import_module("presidio_anonymizer.entities")
    found = []
    for case in json.load(sys.stdin):
        span = entities.RecognizerResult("X", case["start"], case["end"], 1.0)
        config = {"X": entities.OperatorConfig(case["operator"], case["params"])}
        found.append(engine.anonymize(case["text"], [span], config).text)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
