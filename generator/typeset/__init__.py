"""Typst: a view and its print template become a PDF."""

from generator.typeset.render import render_sheet, template_of

__all__ = ["render_sheet", "template_of"]
