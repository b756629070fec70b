"""Reading prose: what people typed in YAML and in pages, and the words that claim something."""
