"""Search: what can be found, under which words, as one index that a page loads when asked."""
