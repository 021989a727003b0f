"""Brings a folder to the state that a list of targets describes. Knows nothing of exemplars."""
