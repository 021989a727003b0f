"""One module a command. Only these and cli.py print, prompt or exit."""
