"""The yardstick: fideslang reads a manifest with its own loader and makes its own models of it.

Runs in an environment of its own: `python fides_parse.py MANIFEST SYSTEMS`.
"""

import sys

from fideslang.manifests import ingest_manifests
from fideslang.parse import load_manifests_into_taxonomy

taxonomy = load_manifests_into_taxonomy(ingest_manifests(sys.argv[1]))
found = [use for system in taxonomy.system for use in system.privacy_declarations]
assert len(found) == int(sys.argv[2]), len(found)
