"""Who is found by which letters: the names and columns of the search's index, as one parcel.

Nobody types characters at a kiosk, so the texts that the website's search knows stay away from it, and with them
whoever is named in others' words."""

from __future__ import annotations

import json
from typing import Any

from generator.engine.target import Files, Target
from generator.exhibits import Exhibits
from generator.parcels import parcel
from generator.search import columns_of, names_of
from generator.search.people import by_id
from generator.search.shards import render_columns, render_names
from generator.views import LettersView


def plan_letters(exhibits: Exhibits, permits: tuple[str, ...]) -> Target:
    """The target of the parcel, still without its path."""
    everybody = [exhibit for _, exhibit in by_id(exhibits)]
    slugs = tuple(exhibit.slug for exhibit in everybody)
    words = tuple(exhibit.entry.reading.words for exhibit in everybody)
    view = LettersView("", slugs, words, columns_of(exhibits), names_of(exhibits))
    return Target("", pack_letters, view, permits=permits)


def pack_letters(view: LettersView, files: Files) -> bytes:
    """Slugs and words in the order of ids; columns, and names by their first letter, as the engine reads them."""
    told = {
        "slugs": view.slugs,
        "words": view.words,
        "columns": _value(render_columns(view.columns, files)),
        "names": {names.key.rpartition("-")[2]: _value(render_names(names, files)) for names in view.names},
    }
    return parcel(view.path, json.dumps(told, ensure_ascii=False, separators=(",", ":")))


def _value(script: bytes) -> Any:
    """What a script of the index puts into its place: `(…)["names-l"]=…;`."""
    return json.loads(script.decode().partition('"]=')[2].rstrip().removesuffix(";"))
