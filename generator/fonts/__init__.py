"""The fonts that sheets are printed in: which of those the theme names are here, and what they can't print.

A print shop's machine and ours may hold other fonts: those of site.yaml come first, the system's are taken with
a hint that another machine may make other bytes."""

from generator.fonts.case import Case, Role
from generator.fonts.coverage import unprintable
from generator.fonts.outlines import Shape

__all__ = ["Case", "Role", "Shape", "unprintable"]
