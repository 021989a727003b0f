"""The commands about releases: options in, exit codes out."""

from __future__ import annotations

from typing import Any

import click

from generator.commands.desk import Desk
from generator.invocation import Day, run


@click.command()
@click.argument("dest", default="", metavar="[DEST]")
@click.option("--date", "day", type=Day(), default=None, help="按这一天生成 / as of this day")
@click.option(
    "--keep", type=click.IntRange(0), default=0, help="留几次发布，0 照 site.yaml / releases to keep [5]"
)
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=600,
    metavar="SEC",
    help="别人在发布时等多少秒 / wait for others",
)
@click.option(
    "--pointer", is_flag=True, help="用文件而不用链接指明当前的 / a file says what is shown, no link"
)
@click.option(
    "--despite-errors", is_flag=True, help="有错误的记录不发布，其余照发 / leave out what has errors"
)
@click.option(
    "--jobs", type=click.IntRange(0, 256), default=0, help="进程数，0 为自动 / processes, 0 chooses"
)
@click.pass_obj
def publish(desk: Desk, /, **options: Any) -> int:
    """生成、检查、核对，一下子换上；DEST 是文件夹、共享或 ssh:主机:路径。 Publish a whole release."""
    return run(desk, "publish", **options)


@click.command()
@click.argument("release", default="", metavar="[ID]")
@click.option("--to", "dest", default="", metavar="DEST", help="哪个地方 / where [site.yaml]")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=600,
    metavar="SEC",
    help="别人在发布时等多少秒 / wait for others",
)
@click.pass_obj
def rollback(desk: Desk, /, **options: Any) -> int:
    """回退到上一次发布，或编号以 ID 开头的那次。 Show the release before, or another, again."""
    return run(desk, "rollback", **options)


@click.command()
@click.argument("dest", default="", metavar="[DEST]")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出 / print JSON")
@click.pass_obj
def releases(desk: Desk, /, **options: Any) -> int:
    """列出发布过的，逐个核对。 The releases, each verified."""
    return run(desk, "releases", **options)


@click.command()
@click.argument("slug")
@click.option("--reason", default="", help="理由，写进记录的注释 / why, as a comment in the record")
@click.option("--to", default="", metavar="DEST", help="发布在哪里，记录已删时要用 / where it is published")
@click.option(
    "--purge", default="", metavar="DEST", help="连 DEST 上的旧发布、本机的缓存一起删 / older releases too"
)
@click.option("--date", "day", type=Day(), default=None, help="撤下的日期 / day of the withdrawal")
@click.pass_obj
def revoke(desk: Desk, /, slug: str, **options: Any) -> int:
    """撤下一个人：写进记录和 withdrawn.yaml，以后发布、回退都过不去。 Withdraw somebody for good."""
    return run(desk, "revoke", slug, **options)


RELEASES = (publish, rollback, releases, revoke)
