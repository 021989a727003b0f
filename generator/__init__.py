"""Honour Zone (荣誉专区): one record per exemplar becomes every edition."""

__version__ = "0.1.0"
