"""`honour revoke`, from the record to the server: nobody withdrawn comes back by any command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from nginx_case import get, nginx
from site_builder import document, record, settings, write
from withdrawal_case import NAME, SECRET, one_hidden, person, photo, run

DAY = "2026-03-02"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Both are shown."""
    files = one_hidden("approved")
    return write(tmp_path / "site", files | {"site.yaml": settings(editions=["website"])})


def publish(site: Path, *options: str):
    return run(site, "publish", site.parent / "web", "--date", DAY, "--jobs", 1, *options)


def shown(site: Path) -> Path:
    return site.parent / "web" / "current"


def listed(site: Path) -> list[dict[str, object]]:
    return yaml.safe_load((site / "withdrawn.yaml").read_text("utf-8"))["withdrawn"]


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_revoked_published_and_never_rolled_back_to(site):
    assert publish(site).return_value == 0
    assert (shown(site) / "exemplars/ouyang/index.html").is_file()
    before = (site / "exemplars/ouyang/index.md").read_text("utf-8")
    done = run(site, "revoke", "ouyang", "--reason", "本人要求", "--date", DAY)
    assert done.return_value == 0, done.stderr
    after = (site / "exemplars/ouyang/index.md").read_text("utf-8")
    assert after == before.replace("status: approved", f"status: revoked  # {DAY} 本人要求")
    done = publish(site)
    assert done.return_value == 0, done.stderr
    assert not (shown(site) / "exemplars/ouyang").exists()
    told = everything(shown(site))
    assert NAME.encode() not in told and SECRET.encode() not in told and b"ouyang" not in told
    refused = run(site, "rollback", "--to", site.parent / "web")
    assert refused.return_value == 1
    assert "ouyang" in refused.stderr and not (shown(site) / "exemplars/ouyang").exists()


def test_the_list_holds_no_personal_data_beyond_the_slug(site):
    run(site, "revoke", "ouyang", "--date", DAY)
    (entry,) = listed(site)
    assert entry["slug"] == "ouyang" and str(entry["date"]) == DAY
    assert set(entry) == {"slug", "date", "name", "photos", "looks"}
    hashes = [entry["name"], *entry["photos"], *entry["looks"]]
    assert hashes and all(re.fullmatch("[0-9a-f]{64}", one) for one in hashes)
    assert NAME not in (site / "withdrawn.yaml").read_text("utf-8")
    other = site.parent / "other"  # another key, other hashes
    write(other, one_hidden("approved"))
    run(other, "revoke", "ouyang", "--date", DAY)
    (theirs,) = listed(other)
    assert not set(hashes) & {theirs["name"], *theirs["photos"], *theirs["looks"]}


def test_addresses_that_are_gone_lie_outside_the_web_root(site):
    publish(site)
    run(site, "revoke", "ouyang", "--date", DAY)
    assert publish(site).return_value == 0
    lines = (site.parent / "web/gone.map").read_text("ascii").splitlines()
    patterns = [line.removeprefix("~").removesuffix(" 1;") for line in lines]
    gone = (
        "/exemplars/ouyang/",
        "/sub/exemplars/ouyang/photo-0.webp",
        "/bulletins/ouyang.pdf",
        "/press-kits/ouyang.zip",
    )
    for path in gone:
        assert any(re.search(pattern, path) for pattern in patterns), path
    for path in ("/exemplars/li-na/", "/exemplars/ouyang-2/", "/"):
        assert not any(re.search(pattern, path) for pattern in patterns), path
    assert NAME not in "".join(lines)
    assert not (shown(site) / "gone.map").exists()


def test_the_real_nginx_answers_gone(site):
    publish(site)
    run(site, "revoke", "ouyang", "--date", DAY)
    assert publish(site).return_value == 0
    for under in ("", "/honour"):
        with nginx(site.parent / f"nginx{len(under)}", site.parent / "web", under=under) as port:
            for path in ("/exemplars/ouyang/", "/exemplars/ouyang", "/exemplars/ouyang/photo-0.webp"):
                status, _, body = get(port, under + path)
                assert (status, NAME.encode() in body) == (410, False), path
            assert get(port, f"{under}/exemplars/li-na/")[0] == 200
            assert get(port, f"{under}/exemplars/ouyang-2/")[0] == 404
            assert get(port, f"{under}/gone.map")[0] == 404


def test_a_folder_deleted_without_a_word_is_an_error_until_it_is_revoked(site):
    publish(site)
    shutil.rmtree(site / "exemplars/ouyang")
    done = publish(site)
    assert done.return_value == 1 and "honour revoke ouyang" in done.stderr
    assert (shown(site) / "exemplars/ouyang").is_dir()
    done = run(site, "revoke", "ouyang", "--date", DAY, "--to", site.parent / "web")
    assert done.return_value == 0, done.stderr
    (entry,) = listed(site)
    assert entry["name"] and entry["photos"] and entry["looks"]  # from what the last build knew
    assert publish(site).return_value == 0
    assert run(site, "rollback", "--to", site.parent / "web").return_value == 1
    # Nor does the photo come back under another's name, nor the name in a caption.
    (site / "exemplars/li-na/photo.jpg").write_bytes(photo(2))
    done = publish(site)
    assert done.return_value == 1 and "withdrawn.yaml" in done.stderr
    (site / "exemplars/li-na/photo.jpg").write_bytes(photo(1))
    (site / "content/activities/hui.md").write_bytes(
        document({"title": "报告会", "date": "2026-01-10"}, f"**{NAME}**：谢谢。\n")
    )
    assert publish(site).return_value == 1


def test_check_asks_the_release_that_lies_in_a_folder(site):
    publish(site)
    web = site.parent / "web"
    (site / "site.yaml").write_bytes(settings(editions=["website"], publish={"to": str(web)}))
    shutil.rmtree(site / "exemplars/ouyang")
    assert "honour revoke ouyang" in run(site, "check", "--date", DAY).stderr


def test_renaming_a_folder_is_no_withdrawal(site):
    publish(site)
    (site / "exemplars/ouyang").rename(site / "exemplars/ouyang-zixuan")
    assert publish(site).return_value == 1
    changed = person(NAME, SECRET, status="approved", formerly=["ouyang"])
    (site / "exemplars/ouyang-zixuan/index.md").write_bytes(changed)
    assert publish(site).return_value == 0


def test_a_name_in_somebody_elses_words_is_refused_at_its_line_unless_allowed(site):
    (site / "content/activities/hui.md").write_bytes(
        document({"title": "报告会", "date": "2026-01-10"}, f"来了很多人。\n\n也说到了{NAME}。\n")
    )
    run(site, "revoke", "ouyang", "--date", DAY)
    done = publish(site, "--despite-errors")
    assert done.return_value == 1 and not shown(site).exists()
    assert re.search(r"content/activities/hui\.md:7:5: .*allowed_names|hui\.md:7", done.stderr)
    allowed = [{"name": NAME, "reason": "另一位同名的演员"}]
    (site / "site.yaml").write_bytes(settings(editions=["website"], allowed_names=allowed))
    assert publish(site, "--despite-errors").return_value == 1  # the check says it still, the release is out
    assert shown(site).exists()


@pytest.mark.parametrize("status", ["revoked", "lead"])
def test_a_private_value_in_somebody_elses_words_is_refused_and_not_repeated(tmp_path, status):
    number, desk = "110101199003070012", "0571-88001234"
    hall, own = "江城水务集团有限公司营业服务大厅", "窗口的灯她留到最后一位用户离开"
    files = one_hidden(status, private={"id": number, "team": hall, "desk": desk})
    files["site.yaml"] = settings(
        editions=["website"],
        units=[{"name": "水务集团", "units": ["营业所", hall]}],
        feedback={"correct": {"phone": desk}},
    )
    files["exemplars/li-na/index.md"] = person("李娜", own, unit=f"水务集团/{hall}")
    site = write(tmp_path / "site", files)
    done = publish(site)
    assert done.return_value == 0, done.stderr  # a unit's name is no secret, nor is the office's telephone
    files["exemplars/li-na/index.md"] = person(
        "李娜", f"{own}，证号1101 0119 9003 0700 12", unit=f"水务集团/{hall}"
    )
    done = publish(write(site, files))
    assert done.return_value == 1
    assert re.search(r"exemplars/li-na/index\.md:\d+:\d+: .*内部信息", done.stderr)
    assert number not in done.stderr + done.stdout


def test_two_people_of_one_name(tmp_path):
    files = one_hidden() | {
        "site.yaml": settings(editions=["website"]),
        "exemplars/ouyang-2/index.md": record(
            "## 事迹\n\n另一位。\n", name=NAME, one_line="同名的另一个人。"
        ),
    }
    site = write(tmp_path / "site", files)
    assert publish(site).return_value == 0
    assert (shown(site) / "exemplars/ouyang-2").is_dir()


def test_a_draft_begun_as_a_copy_keeps_nobody_from_publishing(tmp_path):
    words = "窗口的灯她留到最后一位用户离开"
    files = one_hidden() | {
        "site.yaml": settings(editions=["website"]),
        "exemplars/draft/index.md": person("王五", words, status="lead"),
        "exemplars/draft/photo.jpg": photo(1),
    }
    assert publish(write(tmp_path / "site", files)).return_value == 0
    # The withdrawn have no such excuse.
    files["exemplars/draft/index.md"] = person("王五", words, status="revoked")
    site = write(tmp_path / "other" / "site", files)
    done = publish(site)
    assert done.return_value == 1 and "exemplars/li-na/index.md" in done.stderr


def test_purge_takes_older_releases_and_the_store(site):
    publish(site)
    web = site.parent / "web"
    assert run(site, "revoke", "ouyang", "--date", DAY, "--purge", web).return_value == 0
    assert len(list((web / "releases").iterdir())) == 1  # it is shown: publish first
    publish(site)
    assert len(list((web / "releases").iterdir())) == 2
    done = run(site, "revoke", "ouyang", "--date", DAY, "--purge", web)
    assert done.return_value == 0, done.stderr
    (left,) = (web / "releases").iterdir()
    assert left.name == shown(site).resolve().name
    assert SECRET.encode() not in everything(web)
    assert {path.name for path in (site / ".honour").iterdir()} <= {"lock", ".gitignore"}
    assert "git filter-repo --invert-paths --path exemplars/ouyang/" in done.stdout
    assert publish(site).return_value == 0


def test_without_its_key_the_list_lets_nothing_through(site):
    run(site, "revoke", "ouyang", "--date", DAY)
    (site / "withdrawn.key").unlink()
    done = publish(site)
    assert done.return_value == 1 and "withdrawn.key" in done.stderr


def test_a_list_that_was_damaged_lets_nothing_through(site):
    run(site, "revoke", "ouyang", "--date", DAY)
    with (site / "withdrawn.yaml").open("a") as file:
        file.write("  - slug: [\n")
    assert publish(site).return_value == 1
    assert not shown(site).exists()


def test_a_typo_keeps_nobody_online(site):
    publish(site)
    text = (site / "exemplars/ouyang/index.md").read_text("utf-8")
    (site / "exemplars/ouyang/index.md").write_text(text.replace("approved", "revokd"), "utf-8")
    done = publish(site, "--despite-errors")
    assert done.return_value == 1
    assert SECRET.encode() not in everything(shown(site).resolve())
    assert run(site, "rollback", "--to", site.parent / "web").return_value == 1


def test_somebody_nobody_knows(site):
    done = run(site, "revoke", "ou-yang")
    assert done.return_value == 1 and "ouyang" in done.stderr
    assert not (site / "withdrawn.yaml").exists()
