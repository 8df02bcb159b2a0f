#!/usr/bin/env bash
# Install what planforge needs on Debian or Ubuntu, and nothing that is already there.
#
#   scripts/setup.sh runtime   to build documents
#   scripts/setup.sh test      the same, and the independent readers and tools of the test suite
#
# Never asks a question. The second run finds everything in place, needs no network and no root.
# A step that fails stops the run with its own message; the next run does that step again.
# Where there is no apt (macOS, other systems) only the virtual environment is made.
# PYTHON=... chooses the interpreter, VENV=... the folder of the virtual environment,
# PAUSE=... the seconds before a failed download is tried again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

role="${1:-runtime}"
case "$role" in runtime | test) ;; *)
    echo "用法：scripts/setup.sh runtime|test" >&2
    exit 2
    ;;
esac
venv="${VENV:-.venv}"
lock=requirements-test.lock
work=""
told=""
unfinished="$venv/.planforge-unfinished" # there while the virtual environment is being changed

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$@" >&2
    told=yes
    exit 1
}
finish() { # whatever stops the run, the last line says that it is not done
    local status=$?
    [ "$status" = 0 ] || [ -n "$told" ] || printf '没有装好：上面这一步没有成功，请再执行一次。\n' >&2
    unchanged && rm -f "$unfinished"
    [ -z "$work" ] || rm -rf "$work"
    exit "$status"
}
trap finish EXIT
# A program that is interrupted may end as if it had failed: nothing is tried again then.
trap 'exit 130' INT
trap 'exit 143' TERM

# Bash ignores `set -e` inside a command whose status is asked for: these two hand the status on.
timed() { # timed TITLE COMMAND...
    local title="$1" begun=$SECONDS
    shift
    "$@" || return
    say "  ${title}：$((SECONDS - begun)) 秒"
}
again() { # again COMMAND...: a registry that does not answer is asked three times
    local try
    for try in 1 2 3; do
        "$@" && return 0
        ! full_disk >/dev/null || return 1
        [ "$try" = 3 ] || { say "  没有成功，稍后再试（第 $((try + 1)) 次，共 3 次）……" && sleep $((try * ${PAUSE:-5})); }
    done
    return 1
}
log() { "$@" >>"$work/log" 2>&1 </dev/null; } # log COMMAND...
full_disk() { # succeeds where a disk is full; prints the folder if it is one of ours
    local folder free
    for folder in "$work" "$venv"; do
        [ -d "$folder" ] || folder="$(dirname "$folder")"
        free="$(df -Pk "$folder" 2>/dev/null | awk 'NR == 2 { print $4 }')" || continue
        [ "${free:-4096}" -ge 4096 ] || { printf '%s' "$folder" && return 0; }
    done
    grep -qE 'No space left on device|Disk quota exceeded|\[Errno 28\]' "$work/log"
}
stop() { # stop WHAT HINT: what did not succeed, the end of its log, and what to do
    local folder
    grep -iE '^ *(error|E:)|no space' "$work/log" | tail -n 8 | sed 's/^/  | /' >&2 || true
    if folder="$(full_disk)"; then
        fail "$1：磁盘满了${folder:+（$folder 所在的磁盘）}。请腾出空间后再执行一次。"
    fi
    fail "$1：$2"
}

# --- system packages ---------------------------------------------------------------------------

has_apt() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }
is_root() { [ "$(id -u)" = 0 ]; }
installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

find_python() { # the first interpreter that is new enough
    local name
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
}
can_make_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }
venv_works() { "$venv/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

missing_packages() { # one name a line
    local name python
    if ! venv_works; then
        python="$(find_python)"
        [ -n "$python" ] || say python3
        { [ -n "$python" ] && can_make_venv "$python"; } || say python3-venv
    fi
    for name in libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
        fonts-noto-cjk fonts-arphic-ukai fonts-lxgw-wenkai fonts-liberation2; do
        # Later releases renamed the package of the same fonts.
        [ "$name" = fonts-liberation2 ] && installed fonts-liberation && has_liberation2 && continue
        installed "$name" || say "$name"
    done
    [ "$role" = test ] || return 0
    command -v make >/dev/null || say make
    command -v pdftotext >/dev/null || say poppler-utils
    command -v soffice >/dev/null || say libreoffice-writer-nogui
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || say chromium
}
has_liberation2() { command -v fc-list >/dev/null && fc-list : family | grep -q '^Liberation Serif'; }

apt() {
    DEBIAN_FRONTEND=noninteractive log apt-get -y -q -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confold "$@"
}
update_lists() { again apt update || stop "软件包列表更新不了" "请检查网络和 /etc/apt 里的软件源。"; }
install_packages() {
    again apt install --no-install-recommends "$@" ||
        stop "系统软件包安装失败" "请检查网络和 /etc/apt 里的软件源，再执行一次。"
}

system_packages() {
    local names
    mapfile -t names < <(missing_packages)
    if [ "${#names[@]}" = 0 ]; then
        say "系统软件包：都已装好"
        return
    fi
    if ! is_root; then
        fail "还缺系统软件包，需要管理员安装。请管理员执行：" \
            "  apt-get update && apt-get install -y --no-install-recommends ${names[*]}" \
            "装好后再执行一次原来的命令。"
    fi
    say "系统软件包：安装 ${names[*]}"
    timed "更新软件包列表" update_lists
    timed "安装" install_packages "${names[@]}"
    mapfile -t names < <(missing_packages)
    [ "${#names[@]}" = 0 ] || fail "系统软件包安装过了，但是仍然没有：${names[*]}"
}

# --- a 仿宋 ------------------------------------------------------------------------------------

has_fangsong() {
    fc-list : family | tr ',' '\n' | grep -qxE '仿宋|FangSong|朱雀仿宋.*|Zhuque Fangsong.*|FandolFang'
}
download_fandol() ( # texlive-lang-chinese is unpacked for its one font; TeX itself is not installed
    cd "$work" && rm -f ./*.deb &&
        log apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=2 download texlive-lang-chinese &&
        dpkg-deb --fsys-tarfile ./*.deb 2>>log |
        tar -xO --wildcards '*/FandolFang-Regular.otf' >FandolFang-Regular.otf 2>>log &&
        [ -s FandolFang-Regular.otf ]
)
place_fandol() { # place_fandol FOLDER
    log mkdir -p "$1" &&
        log install -m 0644 "$work/FandolFang-Regular.otf" "$1/.FandolFang-Regular.part" &&
        log mv -f "$1/.FandolFang-Regular.part" "$1/FandolFang-Regular.otf" && log fc-cache -f "$1"
}
fangsong() {
    local target=/usr/local/share/fonts/planforge
    if has_fangsong; then
        say "仿宋字体：已有"
        return
    fi
    is_root || target="${XDG_DATA_HOME:-$HOME/.local/share}/fonts/planforge"
    say "仿宋字体：取 FandolFang，放到 $target"
    if ! download_fandol; then
        if is_root; then update_lists; fi
        if ! again download_fandol; then
            [ "$role" = runtime ] || stop "FandolFang 下载不了" "测试需要这种字体，请检查网络后再执行一次。"
            say "  FandolFang 下载不了：PDF 里的仿宋将以别的字体代替（Word 文件不受影响）。"
            return
        fi
    fi
    place_fandol "$target" || stop "FandolFang 放不进 $target" "请检查这个文件夹能不能写，再执行一次。"
}

# --- virtual environment -----------------------------------------------------------------------

recipe() { # changes whenever the environment has to be made anew
    "$venv/bin/python" - "$PWD" pyproject.toml "$lock" <<'PY'
import hashlib, pathlib, sys
sums = [hashlib.sha256(pathlib.Path(name).read_bytes()).hexdigest() for name in sys.argv[2:]]
print(sys.version.split()[0], sys.argv[1], *sums)
PY
}
fresh() { # the test role's environment serves the runtime role as well
    local stamp wanted
    wanted="$(recipe)" && [ -n "$wanted" ] || return 1
    for stamp in "$venv/.planforge-$role" "$venv/.planforge-test"; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then return 0; fi
    done
    return 1
}
unchanged() { # pip fetches everything before it changes anything
    [ -n "$work" ] && [ -f "$work/venv-was-whole" ] && ! grep -q '^Installing collected packages' "$work/log"
}
stamp() { # the same recipe may come back after another one: no older stamp stays
    rm -f "$venv/.planforge-runtime" "$venv/.planforge-test" &&
        recipe >"$venv/.planforge-part" && [ -s "$venv/.planforge-part" ] &&
        mv -f "$venv/.planforge-part" "$venv/.planforge-$role" && rm -f "$unfinished"
}
pip() { log "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@"; }
install_runtime() { pip install -c "$lock" -e '.[web]'; }
install_test() { pip install -r "$lock" && pip install --no-deps --no-build-isolation -e .; }

new_venv() {
    local python
    python="$(find_python)"
    [ -n "$python" ] || fail "没有找到 Python 3.11 或更新的版本：请先安装 Python。"
    if [ -d "$venv" ] && [ -n "$(ls -A "$venv")" ] && ! [ -f "$venv/pyvenv.cfg" ] && ! [ -f "$unfinished" ]; then
        fail "$venv 里有别的文件，不是虚拟环境：请用 VENV=… 另指一个文件夹。"
    fi
    say "虚拟环境：用 $("$python" --version) 建在 $venv"
    { log mkdir -p "$venv" && log find "$venv/" -mindepth 1 -delete && log touch "$unfinished" &&
        log "$python" -m venv "$venv" && venv_works; } ||
        stop "虚拟环境建不成" "请检查 $venv 能不能写，Python 是否完整，再执行一次。"
}
environment() {
    if [ -f "$unfinished" ] || ! venv_works; then
        new_venv
    elif fresh; then
        say "Python 库：都已装好"
        return
    else
        log touch "$work/venv-was-whole" "$unfinished" || stop "Python 库安装失败" "请检查 $venv 能不能写。"
    fi
    say "Python 库：安装"
    timed "安装" again "install_$role" || stop "Python 库安装失败" "请检查网络后再执行一次。"
    log stamp || stop "Python 库装好了，但是记不下来" "请检查 $venv 能不能写，再执行一次。"
}

work="$(mktemp -d)" || fail "临时文件夹建不成：请检查 ${TMPDIR:-/tmp} 所在的磁盘。"
: >"$work/log" || fail "临时文件写不成：请检查 ${TMPDIR:-/tmp} 所在的磁盘。"
if has_apt; then
    export LC_ALL=C.UTF-8
    system_packages
    fangsong
else
    say "这个系统没有 apt：系统库和字体请照 README“Windows、macOS，没有 root 权限的电脑”一节准备，再用 planforge doctor 核对。"
fi
environment
