"""Prove: claims from policy and bindings, two analyses over the graph, verdicts with witnesses."""
