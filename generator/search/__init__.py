"""The search index of an edition: who has which characters and readings, as scripts that a page can load."""

from generator.search.planning import Index, plan_index

__all__ = ["Index", "plan_index"]
