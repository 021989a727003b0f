"""The fields of site.yaml about publishing."""

from __future__ import annotations

from generator import model
from generator.sources.entries import TEXT
from generator.sources.nested import Entry
from generator.sources.shape import Field, Shape
from generator.sources.values import Number

# fmt: off
PUBLISH = Shape(
    model.Publishing,
    (
        Field("to", "发布到", TEXT, "honour publish 不写地方时发布到哪里：文件夹、共享，或 ssh:主机:路径",
              "where honour publish goes if nobody says: a folder, a share, or ssh:host:path",
              example="ssh:web01:/srv/honour"),
        Field("keep", "保留", Number(2, 1000), "服务器上留最近几次发布，供回退（默认 5）",
              "releases kept on the server, to roll back to (default 5)", example="5"),
        Field("key", "签名私钥", TEXT, "用它给清单签名（ssh-keygen -Y）；放在站点文件夹之外",
              "private key that signs the manifest (ssh-keygen -Y); keep it outside the site's folder",
              example="/etc/honour/release_ed25519"),
    ),
)

PUBLISH_FIELD = Field("publish", "发布", Entry(PUBLISH), "发布到哪里、留几次、用什么签名",
                      "where releases go, how many stay, what signs them", example="{keep: 5}")
# fmt: on
