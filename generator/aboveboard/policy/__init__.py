"""Say: what the service says it does with people's data, typed and checked for sense."""
