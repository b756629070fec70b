"""Do: the pipeline as a graph of datasets, fields and steps, read from real config files."""
