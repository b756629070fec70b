"""What `init` and `import` share: new files of a project, made whole and put in place at once."""
