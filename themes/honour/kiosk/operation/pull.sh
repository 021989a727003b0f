#!/bin/sh
# 把发布的展示屏整个拉到本机：逐个核对，无误才换，断电、断网、磁盘满都不会换成半套。
# Mirrors a published kiosk: every file is verified, and only a whole version is ever shown.
#
#     sh pull.sh https://honour.example.cn/kiosk/ /srv/kiosk          网站 / a website
#     sh pull.sh /mnt/share/kiosk /srv/kiosk 1                       共享文件夹，只留一个版本 / a share, one version kept
#
# 放的是 /srv/kiosk/current/index.html。退出码：0 完成，1 没有换（原来的照常放），2 命令写错。
# 要有 curl 或 wget，和 sha256sum。The same as `honour kiosk pull`, for machines without Python.

set -eu
LC_ALL=C
export LC_ALL
umask 022

die() {
    printf '没有换 / not changed: %s\n' "$1" >&2
    exit 1
}

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
    echo "用法 / usage: sh pull.sh URL|DIR DEST [KEEP]" >&2
    exit 2
fi
source=$1
dest=$2
keep=${3:-2}
case $keep in
    '' | *[!0-9]* | 0) echo "KEEP: 1, 2, 3 …" >&2; exit 2 ;;
esac

# --- 来源 / the source ---

unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
case $source in
    http://* | https://* | HTTP://* | HTTPS://*)
        web=yes
        source=${source%%[?#]*}
        source=${source%/index.html}
        source=${source%/manifest.json}
        ;;
    *) web= ;;
esac
source=${source%/}

patience='-T 30 -t 3'
case $(wget --help 2>&1 || true) in *BusyBox*) patience= ;; esac # Debian 的 BusyBox 遇到 -T 会崩溃 / its -T crashes

# fetch PATH FILE: 0 got, 1 not there, 2 can't be read or written
fetch() {
    if [ -z "$web" ]; then
        plain=$source
        rest=$1
        while [ -n "$rest" ]; do
            plain=$plain/${rest%%/*}
            if [ -L "$plain" ]; then return 1; fi
            case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
        done
        if [ ! -f "$plain" ]; then return 1; fi
        cp "$plain" "$2" 2>"$work/said" || return 2
    elif command -v curl >/dev/null 2>&1; then
        curl -q -fsS -L --proto '=http,https' --proto-redir '=http,https' --retry 2 --retry-delay 2 \
            --connect-timeout 15 --speed-limit 1 --speed-time 30 -H 'Cache-Control: no-cache' \
            -o "$2" "$source/$1" 2>"$work/said" 9>&- && return 0
        case $? in 22) return 1 ;; *) return 2 ;; esac
    else
        # shellcheck disable=SC2086  # several options
        wget -q $patience --header='Cache-Control: no-cache' -O "$2" "$source/$1" 2>"$work/said" 9>&- && return 0
        if [ $? = 8 ] || grep -q ' 40[0-9] ' "$work/said"; then return 1; fi
        return 2
    fi
}

if command -v sha256sum >/dev/null 2>&1; then
    sums() { sha256sum "$@"; }
elif command -v shasum >/dev/null 2>&1; then
    sums() { shasum -a 256 "$@"; }
else
    die "sha256sum?"
fi
if [ -n "$web" ] && ! command -v curl >/dev/null 2>&1 && ! command -v wget >/dev/null 2>&1; then
    die "curl, wget?"
fi

# --- 目标文件夹 / the folder ---

for name in current versions; do
    if [ "$name" = current ] && [ -L "$dest/current" ]; then
        case $(readlink "$dest/current") in
            versions/*) continue ;;
            *) die "$dest/current 是别人的 / is somebody else's" ;;
        esac
    fi
    if [ -e "$dest/$name" ] || [ -L "$dest/$name" ]; then
        if [ "$name" = current ] || [ -L "$dest/$name" ] || [ ! -d "$dest/$name" ]; then
            die "$dest/$name 是别人的 / is somebody else's"
        fi
    fi
done
mkdir -p "$dest/versions" 2>/dev/null || die "$dest 写不进去 / can't be written"
dest=$(cd "$dest" && pwd)

# 一个文件夹同时只拉一次。系统随进程收回锁，断电也不会留下。
lock=$dest/.honour-lock
if command -v flock >/dev/null 2>&1; then
    exec 9>>"$lock" || die "$dest 写不进去 / can't be written"
    flock -n 9 || die "另一次拉取正在进行 / another pull is at work: $(cat "$lock")"
    echo $$ >"$lock"
elif ! mkdir "$lock.d" 2>/dev/null; then
    other=$(cat "$lock.d/pid" 2>/dev/null || echo 0)
    if [ "$other" != 0 ] && kill -0 "$other" 2>/dev/null; then
        die "另一次拉取正在进行 / another pull is at work: $other"
    fi
fi
if [ -d "$lock.d" ]; then echo $$ >"$lock.d/pid"; fi

new=$dest/.honour-new
work=$dest/.honour-work.tmp
sweep() {
    rm -rf "$new" "$work" "$dest/.honour-current" "$dest"/.honour-old-*
}
leave() {
    sweep
    rm -rf "$lock.d"
}
trap leave EXIT
trap 'exit 1' HUP INT TERM
sweep
mkdir "$work" || die "$dest 写不进去 / can't be written"

# --- 清单 / the manifest ---

gone() {
    if [ "$2" = 1 ]; then
        die "$source 里没有 / lacks $1"
    fi
    die "读不到，或磁盘写不下 / can't be read, or the disk is full: $source/$1 $(cat "$work/said" 2>/dev/null || true)"
}
seal=$work/manifest.json
fetch manifest.json "$seal" || gone manifest.json $?
head=$(sed -n 1p "$seal")
case $head in
    '{"id": "'*'"preview": true'*) die "$source 是预览 / is a preview" ;;
    '{"id": "'*'"complete": false'*) die "$source 还没有生成完 / is not finished" ;;
esac
id=$(printf '%s\n' "$head" | sed -n \
    's/^{"id": "\([0-9a-f]\{32\}\)", "date": "[0-9-]*", "preview": false, "complete": true, "files": \[$/\1/p')
date=$(printf '%s\n' "$head" | sed -n 's/.*"date": "\([0-9-]*\)".*/\1/p')
sed -n 's/^{"path": "\([A-Za-z0-9._/-]\{1,240\}\)", "size": \([0-9]\{1,15\}\), "sha256": "\([0-9a-f]\{64\}\)"},\{0,1\}$/\1 \2 \3/p' \
    "$seal" >"$work/list"
lines=$(wc -l <"$seal")
files=$(wc -l <"$work/list")
if [ -z "$id" ] || [ "$lines" -ne $((files + 2)) ] || [ "$(tail -n 1 "$seal")" != ']}' ]; then
    die "$source/manifest.json 读不懂，或只拷了一半 / is damaged or half copied"
fi
cut -d ' ' -f 1 "$work/list" >"$work/order"
if grep -Eq '(^|/)\.{0,2}(/|$)' "$work/order" || grep -iqx manifest.json "$work/order" ||
    [ -n "$(tr '[:upper:]' '[:lower:]' <"$work/order" | sort | uniq -d)" ]; then
    die "$source/manifest.json 有不该有的路径 / names unsafe paths"
fi
if ! grep -qx index.html "$work/order" || ! grep -qx version.js "$work/order"; then
    die "$source 不是展示屏 / is no kiosk"
fi
if command -v b2sum >/dev/null 2>&1; then
    real=$(awk -v OFS='\t' '{ print $1, $2, $3 }' "$work/list" | b2sum -l 128 2>/dev/null | cut -d ' ' -f 1)
    if [ -n "$real" ] && [ "$real" != "$id" ]; then
        die "$source/manifest.json 前后对不上 / contradicts itself"
    fi
fi
sort "$work/order" >"$work/all"
awk '{ print $3 "  " $1 }' "$work/list" >"$work/sums"

# --- 文件 / the files ---

version=$dest/versions/$id
if [ -d "$version" ]; then
    folder=$version # 已有的，坏了哪个补哪个 / here already: what is damaged is mended
    find "$folder" -name '.honour-*.tmp' -type f -exec rm -f {} +
else
    folder=$new
    mkdir "$new" || die "$dest 写不进去 / can't be written"
fi

# sound FOLDER: 其中与清单一致的文件 / its files that are as the manifest says
sound() {
    (cd "$1" && sums -c "$work/sums" 2>/dev/null) | sed -n 's/: OK$//p' | sort
}
minus() { # minus A B: A 里有、B 里没有的行 / lines of A that are not in B
    awk -v other="$2" 'BEGIN { while ((getline line <other) > 0) there[line] } !($0 in there)' "$1"
}
place() { # place FILE PATH: 放到位 / into its place
    mv -f "$1" "$folder/$2" || die "写不进去 / can't be written: $folder/$2"
}
room() { # room PATH: 旁边的临时文件 / a file beside its place
    case $1 in */*) mkdir -p "$folder/${1%/*}" || die "写不进去 / can't be written: $folder" ;; esac
    beside=$folder/$1
    beside=${beside%/*}/.honour-$$.tmp
}

sound "$folder" >"$work/have"
minus "$work/all" "$work/have" >"$work/missing"
for old in "$dest"/versions/*; do
    if [ "$old" = "$version" ] || [ ! -d "$old" ] || [ ! -s "$work/missing" ]; then continue; fi
    sound "$old" >"$work/there"
    minus "$work/missing" "$work/there" >"$work/rest"
    minus "$work/missing" "$work/rest" >"$work/take"
    while read -r path; do
        room "$path"
        rm -f "$beside"
        ln "$old/$path" "$beside" 2>/dev/null || cp "$old/$path" "$beside" ||
            die "写不进去 / can't be written: $folder/$path"
        place "$beside" "$path"
    done <"$work/take"
    mv "$work/rest" "$work/missing"
done
fetched=0
awk 'NR == FNR { need[$1]; next } $1 in need { print $1, $3 }' "$work/missing" "$work/list" >"$work/fetch"
while read -r path wanted; do
    room "$path"
    status=0
    fetch "$path" "$beside" || status=$?
    if [ "$status" -ne 0 ]; then
        rm -f "$beside"
        gone "$path" "$status"
    fi
    if [ "$(sums <"$beside" | cut -d ' ' -f 1)" != "$wanted" ]; then
        rm -f "$beside"
        die "$path 与清单不一致 / differs from the manifest"
    fi
    place "$beside" "$path"
    fetched=$((fetched + 1))
done <"$work/fetch"
sound "$folder" >"$work/have"
cmp -s "$work/all" "$work/have" || die "写下的与清单不一致，检查磁盘 / what was written differs, check the disk"
if ! cmp -s "$seal" "$folder/manifest.json"; then
    room manifest.json
    cp "$seal" "$beside" || die "写不进去 / can't be written: $folder"
    place "$beside" manifest.json
fi
sync

# --- 换上 / the switch ---

was=
if [ -L "$dest/current" ]; then
    was=$(readlink "$dest/current")
    was=${was#versions/}
elif [ -f "$dest/current.txt" ]; then
    was=$(cat "$dest/current.txt")
fi
if [ "$folder" = "$new" ]; then
    mv "$new" "$version" || die "写不进去 / can't be written: $version"
    sync
fi
if [ "$was" != "$id" ]; then
    touch "$version"
    if ln -s "versions/$id" "$dest/.honour-current" 2>/dev/null &&
        mv -T -f "$dest/.honour-current" "$dest/current" 2>/dev/null; then
        rm -f "$dest/current.txt"
    elif [ -L "$dest/current" ]; then
        die "这里的 mv 不会 -T，换不了 / mv has no -T"
    else # FAT 和一些共享文件夹没有链接 / no links here
        for name in start.bat start.sh; do
            if [ -f "$version/$name" ] && [ ! -e "$dest/$name" ]; then
                cp "$version/$name" "$work/$name"
                mv "$work/$name" "$dest/$name"
            fi
        done
        echo "$id" >"$work/current.txt"
        mv -f "$work/current.txt" "$dest/current.txt"
    fi
    sync
fi

# 一个版本里有谁 / whom a version shows
people() {
    cat "$1"/letters-*.js 2>/dev/null | sed -n 's/.*slugs\\*":\[\([^]]*\)\].*/\1/p' | tr -c 'a-z0-9-' '\n' | sed '/^$/d' | sort -u
}
# 有新版本里没有的人：可能是撤下的 / somebody whom the new one doesn't show may have been withdrawn
shows_more() {
    people "$1" >"$work/before"
    [ -s "$work/people" ] && { [ ! -s "$work/before" ] || grep -qvxF -f "$work/people" "$work/before"; }
}
people "$version" >"$work/people"

# 留下现在放的、刚才放的，再早的按时间 / keep what is shown, what was, then by time
left=$keep
for name in "$id" "$was" $(ls -1t "$dest/versions"); do
    case $name in *[!0-9a-f]* | '') continue ;; esac
    if [ ${#name} -ne 32 ] || [ ! -d "$dest/versions/$name" ]; then continue; fi
    if grep -qsx "$name" "$work/kept"; then continue; fi
    echo "$name" >>"$work/kept"
    if [ "$left" -gt 0 ] && ! shows_more "$dest/versions/$name"; then
        left=$((left - 1))
    else
        mv "$dest/versions/$name" "$dest/.honour-old-$name" && rm -rf "$dest/.honour-old-$name"
    fi
done
printf '{"id": "%s", "date": "%s", "checked": "%s"}\n' "$id" "$date" "$(date +%Y-%m-%dT%H:%M:%S%z)" \
    >"$work/pulled.json"
mv -f "$work/pulled.json" "$dest/pulled.json"
if [ "$was" != "$id" ]; then
    echo "已换上 / now shows: $id $date ($files 个文件 files, 新拉 fetched $fetched)"
elif [ "$fetched" -gt 0 ]; then
    echo "已补好 / mended: $id $date ($fetched)"
else
    echo "没有新版本，核对无误 / nothing new, all verified: $id $date"
fi
