"""How a command is invoked: the values of its options, and the exit code of what it does."""

from __future__ import annotations

import os
import sys
from datetime import date
from importlib import import_module
from typing import Any

import click

from generator.commands.desk import Desk, report_crash
from generator.problems import GeneratorError

DONE, PROBLEMS, CRASHED = 0, 1, 3


class Day(click.ParamType[date]):
    """A day written 2026-11-22."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: YYYY-MM-DD, 2026-11-22", param, ctx)


def run(desk: Desk, name: str, *arguments: Any, **options: Any) -> int:
    """Run commands/<name>.py, of "kiosk.pull" its `pull`: an author's problems end with 1 and no traceback, a
    fault of ours with a log."""
    try:
        module, _, function = name.partition(".")
        command = getattr(import_module(f"generator.commands.{module}"), function or module)
        return int(command(desk, *arguments, **options))
    except GeneratorError as refused:
        desk.show(refused.problems)
        return PROBLEMS
    except (click.ClickException, click.Abort, KeyboardInterrupt):
        raise
    except BrokenPipeError:  # whoever read what we print has gone: `honour check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PROBLEMS
    except Exception as fault:  # the last resort: whatever it is, it is logged and named
        report_crash(desk, fault)
        return CRASHED
