"""The search index of an edition: who has which characters and readings, as scripts that a page can load."""

from generator.search.planning import Index, columns_of, names_of, plan_index

__all__ = ["Index", "columns_of", "names_of", "plan_index"]
