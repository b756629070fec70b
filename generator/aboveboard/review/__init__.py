"""Change: what differs between two states of a project, and what that means for people."""
