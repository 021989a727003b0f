"""A theme folder: its templates, styles, scripts, colours and words, and the recipes that use them."""

from generator.theme.folder import Theme, load_theme
from generator.theme.render import copy_asset, render_page, render_script, render_stylesheet, template_of

__all__ = [
    "Theme",
    "copy_asset",
    "load_theme",
    "render_page",
    "render_script",
    "render_stylesheet",
    "template_of",
]
