#!/bin/sh
# 全屏放展示屏：本文件夹里的，或者给出的网址。每次都用一份新的浏览器配置，关上就删。
# Shows the kiosk full screen: the one beside this file, or an address. Each start has a fresh profile.
#
#     sh start.sh                                   旁边的 current、index.html 或 kiosk
#     sh start.sh https://honour.example.cn/kiosk/
#
# HONOUR_BROWSER 换浏览器（名字或路径），HONOUR_FLAGS 加参数。

set -eu
here=$(cd "$(dirname "$0")" && pwd)
page=${1:-}
if [ -z "$page" ]; then
    id=
    if [ -f "$here/current.txt" ]; then id=$(cat "$here/current.txt"); fi
    for folder in "$here/current" "$here/versions/${id:-none}" "$here" "$here/kiosk"; do
        if [ -z "$page" ] && [ -f "$folder/index.html" ]; then page=$folder/index.html; fi
    done
fi
if [ -z "$page" ]; then
    echo "旁边没有展示屏 / no kiosk beside this file: $here" >&2
    exit 1
fi

browser=${HONOUR_BROWSER:-}
for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge microsoft-edge-stable; do
    if [ -z "$browser" ] && command -v "$name" >/dev/null 2>&1; then browser=$name; fi
done
if [ -z "$browser" ]; then
    echo "没有找到 Chromium、Chrome 或 Edge / no Chromium, Chrome or Edge; HONOUR_BROWSER=…" >&2
    exit 1
fi

# 上次断电留下的配置一并删掉；正在用的由自己的进程占着。
base=${XDG_RUNTIME_DIR:-${TMPDIR:-/tmp}}
for old in "$base"/honour-kiosk-*; do
    pid=${old##*-}
    if [ -d "$old" ] && ! kill -0 "$pid" 2>/dev/null; then rm -rf "$old"; fi
done
profile=$base/honour-kiosk-$$
mkdir -m 700 "$profile" "$profile/Default"
# 不问要不要翻译、要不要存密码 / asks neither to translate nor to keep passwords
echo '{"translate": {"enabled": false}, "credentials_enable_service": false}' >"$profile/Default/Preferences"
child=
# shellcheck disable=SC2317  # called by the trap
finish() {
    if [ -n "$child" ]; then
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    rm -rf "$profile"
}
trap finish EXIT
trap 'exit 143' HUP INT TERM

set -- --kiosk --user-data-dir="$profile" --no-first-run --no-default-browser-check --lang=zh-CN \
    --noerrdialogs --disable-session-crashed-bubble --hide-crash-restore-bubble --disable-infobars \
    --disable-extensions --disable-sync --disable-background-networking --disable-component-update \
    --check-for-update-interval=31536000 --disk-cache-size=104857600 --disable-features=Translate,MediaRouter,OverscrollHistoryNavigation \
    --overscroll-history-navigation=0 --disable-pinch --password-store=basic "$page"
# shellcheck disable=SC2086  # several flags
"$browser" ${HONOUR_FLAGS:-} "$@" &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
