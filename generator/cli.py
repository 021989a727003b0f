"""The command `honour`: options in, exit codes out. What a command does stands in commands/."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.cli_releases import RELEASES
from generator.commands.desk import Desk
from generator.invocation import DONE, Day, run
from generator.problems import LANGUAGES


def main() -> None:
    """Run the command line and exit: 0 done, 1 the author's problems, 2 wrong options, 3 a fault of ours."""
    gc.disable()  # a command ends before its rubbish is much; `serve` turns it on again
    code = outcome()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # whoever reads our output may have left
            stream.flush()
    # Everything is closed by now; to take a site of 10,000 apart again value by value takes seconds.
    os._exit(code)


def outcome() -> int:
    """The command line carried out; its exit code."""
    try:
        return honour(standalone_mode=False) or DONE
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="站点文件夹 / the site's folder",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=None, help="提示语言 / language of messages")
@click.version_option(__version__, prog_name="honour")
@click.pass_context
def honour(context: click.Context, site: Path, lang: str | None) -> None:
    """荣誉专区：一份记录，生成每一种展示。 One record per exemplar, every edition."""
    context.obj = Desk(site.resolve(), lang)


@honour.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.pass_obj
def init(desk: Desk, directory: Path) -> int:
    """新建一个马上能生成的站点。 A new site that builds at once."""
    return run(desk, "init", directory.resolve())


@honour.command()
@click.argument("slug")
@click.option("--name", default="", help="姓名 / name")
@click.option("--collective", is_flag=True, help="集体 / a collective")
@click.pass_obj
def new(desk: Desk, slug: str, name: str, collective: bool) -> int:
    """新建一份记录，每一项都有说明。 A new record with every field explained."""
    return run(desk, "new", slug, name, collective=collective)


@honour.command()
@click.option("--json", "form", flag_value="json", help="以 JSON 输出 / print JSON")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "github", "gitlab", "junit", "sarif")),
    default="text",
    help="给流水线看的格式 / a form for pipelines [text]",
)
@click.option("--date", "day", type=Day(), default=None, help="按这一天检查 / as of this day")
@click.pass_obj
def check(desk: Desk, form: str, day: date | None) -> int:
    """找出全站的每一个问题。 Every problem of the site."""
    return run(desk, "check", day, form=form)


@honour.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="输出文件夹 / output folder [public, preview]",
)
@click.option("--editions", default="", help="只生成这些，逗号分隔 / only these, comma separated")
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=0, help="进程数，0 为自动 / processes, 0 chooses"
)
@click.option("--strict", is_flag=True, help="警告也算失败 / warnings fail too")
@click.option("--date", "day", type=Day(), default=None, help="按这一天生成 / as of this day")
@click.option("--preview", is_flag=True, help="预览未审核的内容 / show what is not approved yet")
@click.option(
    "--explain", metavar="PATH", default="", help="说明这个文件为什么重做 / why this file was remade"
)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / print JSON")
@click.pass_obj
def build(desk: Desk, /, **options: Any) -> int:
    """生成网站等各种展示。 Build every edition."""
    return run(desk, "build", **options)


@honour.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="端口 / port")
@click.option("--preview", is_flag=True, help="预览未审核的内容 / show what is not approved yet")
@click.option("--editions", default="website", help="看哪几种，逗号分隔 / which, comma separated [website]")
@click.option("--date", "day", type=Day(), default=None, help="按这一天生成 / as of this day")
@click.pass_obj
def serve(desk: Desk, port: int, preview: bool, editions: str, day: date | None) -> int:
    """边改边看。 Live preview that reloads."""
    return run(desk, "serve", port, day, preview=preview, editions=editions)


@honour.command()
@click.argument("slug")
@click.option("--stage", required=True, help="审核环节，如 终审 / review stage")
@click.option("--by", required=True, help="审核人姓名 / who signs")
@click.option("--date", "day", type=Day(), default=None, help="审核日期 / day of the review")
@click.pass_obj
def approve(desk: Desk, slug: str, stage: str, by: str, day: date | None) -> int:
    """把一次审核写进记录。 Write a review into a record."""
    return run(desk, "approve", slug, stage, by, day)


@honour.command(name="print")
@click.argument("names", nargs=-1, required=True, metavar="SLUG...")
@click.option(
    "--edition", default="bulletin", help="哪一种：bulletin 简报、board 展板…… / which sheet [bulletin]"
)
@click.option(
    "--size",
    type=click.Choice(("a3", "a2", "60x90", "80x180")),
    default=None,
    help="展板尺寸 / size of boards",
)
@click.option("--bleed", is_flag=True, help="3 毫米出血和裁切线 / 3 mm bleed and crop marks")
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="文件或文件夹 / a file or a folder"
)
@click.option("--date", "day", type=Day(), default=None, help="按这一天 / as of this day")
@click.option("--preview", is_flag=True, help="带“未审核”水印印未审核的 / unapproved ones, with a watermark")
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=0, help="进程数，0 为自动 / processes, 0 chooses"
)
@click.pass_obj
def print_(desk: Desk, /, **options: Any) -> int:
    """马上印一份：简报、展板、证书…… Single sheets at once."""
    return run(desk, "print", **options)


@honour.command()
@click.argument("slug")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="FILE.pdf",
    help="写到哪个文件，不能在发布的文件夹里 / the file, outside of what is published",
)
@click.pass_obj
def form(desk: Desk, slug: str, out: Path) -> int:
    """推荐表，含内部信息，只写到你指定的文件。 A nomination form with private details."""
    if out.suffix.lower() != ".pdf":
        raise click.BadParameter(f"{out.name}: FILE.pdf", param_hint="--out")
    return run(desk, "form", slug, out=out)


@honour.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / print JSON")
@click.option("--html", "as_html", is_flag=True, help="以网页输出，可打印 / print a page to file")
@click.option("--editions", default="", help="只看这些，逗号分隔 / only these, comma separated")
@click.option("--date", "day", type=Day(), default=None, help="按这一天 / as of this day")
@click.pass_obj
def privacy(desk: Desk, /, **options: Any) -> int:
    """发布了谁的哪些个人信息，凭什么授权。 Every personal datum published, with its consent."""
    return run(desk, "privacy", **options)


@honour.group()
def kiosk() -> None:
    """大厅展示屏：拉取、带走。 The kiosk where it is shown."""


@kiosk.command()
@click.argument("source", metavar="URL|DIR")
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option("--keep", type=click.IntRange(1), default=2, help="留几个版本 / versions to keep [2]")
@click.option(
    "--every", type=click.FloatRange(0), default=0, metavar="MIN", help="每隔几分钟 / again and again"
)
@click.option(
    "--signers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    metavar="FILE",
    help="只认这些人签过名的 / only what one of these signed (allowed_signers of ssh-keygen)",
)
@click.pass_obj
def pull(desk: Desk, /, **options: Any) -> int:
    """把发布的展示屏整个拉到 DEST，核对无误才换。 Mirror a published kiosk, verified and whole."""
    return run(desk, "kiosk.pull", **options)


@kiosk.command()
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "source", default="", metavar="URL|DIR", help="从哪里 / from where [public/kiosk]")
@click.pass_obj
def export(desk: Desk, /, **options: Any) -> int:
    """写一个双击就能放的 U 盘文件夹。 A folder for a USB stick that starts with a double click."""
    return run(desk, "kiosk.export", **options)


for command in RELEASES:
    honour.add_command(command)
