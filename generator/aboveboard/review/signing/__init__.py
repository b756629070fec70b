"""Sign-off: what is published, what it rests on, and who has signed exactly that."""
