"""`honour serve`: live preview on this computer."""

from __future__ import annotations

import gc
import threading
from datetime import date

from generator import building
from generator.building import Wish
from generator.commands.desk import Desk, fails, named_editions
from generator.engine.rubbish import uncollected
from generator.preview import Audience, Server, watch
from generator.problems import GeneratorError, Place, Problem, error


def serve(desk: Desk, port: int, day: date | None, *, preview: bool, editions: str) -> int:
    """Build, serve and watch until Ctrl-C."""
    gc.enable()
    wish = Wish(desk.site, day, preview, editions=named_editions(editions))
    audience, stop = Audience(), threading.Event()

    told: tuple[Problem, ...] = ()

    @uncollected()  # until the pages know
    def rebuild() -> None:
        nonlocal told
        built = building.build(wish, desk.stage)
        desk.speak(built.settings)
        changed = built.report is not None and bool(built.report.made or built.report.pruned)
        if changed and built.report is not None:
            desk.say("rebuilt", made=len(built.report.made), seconds=f"{built.seconds:.2f}")
        problems = built.problems
        if problems != told:
            desk.show(problems)
            told = problems
        shown = [problem for problem in problems if problem.severity != "hint"]
        heading = desk.word("page-errors" if fails(problems) else "page-warnings")
        audience.tell({"reload": changed, "problems": desk.as_data(shown), "heading": heading})

    rebuild()
    try:
        server = Server(wish.folder, port, audience)
    except OSError as cause:
        raise GeneratorError([error(Place("site.yaml"), "port-taken", port=port, reason=cause)]) from None
    desk.say("serving", address=server.address)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        watch(desk.site, wish.folder, rebuild, stop)
    except KeyboardInterrupt:
        desk.say("stopped")
    finally:
        server.shutdown()
        server.server_close()
    return 0
