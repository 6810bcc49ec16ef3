"""The commands, one module each; `command` is the click command, and heavy imports stand inside its function."""
