#!/usr/bin/env bash
# Install what planforge needs on Debian or Ubuntu, and nothing that is already there.
#
#   scripts/setup.sh runtime   to build documents
#   scripts/setup.sh test      the same, and the independent readers and tools of the test suite
#
# Never asks a question. The second run finds everything in place, needs no network and no root.
# Where there is no apt (macOS, other systems) only the virtual environment is made.
# PYTHON=... chooses the interpreter, VENV=... the folder of the virtual environment.
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
trap '[ -z "$work" ] || rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}
timed() { # timed TITLE COMMAND...
    local title="$1" begun=$SECONDS
    shift
    "$@"
    say "  ${title}：$((SECONDS - begun)) 秒"
}
again() { # again COMMAND...: a registry that does not answer is asked three times
    local try
    for try in 1 2 3; do
        "$@" && return 0
        [ "$try" = 3 ] || { say "  没有成功，稍后再试（第 $((try + 1)) 次，共 3 次）……" && sleep $((try * 5)); }
    done
    return 1
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
}
has_liberation2() { command -v fc-list >/dev/null && fc-list : family | grep -q '^Liberation Serif'; }

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confold "$@" </dev/null
}
update_lists() { again apt update >/dev/null || fail "软件包列表更新不了：请检查网络和 /etc/apt 里的软件源。"; }
install_packages() { again apt install --no-install-recommends "$@" >"$work/apt.log" 2>&1 ||
    fail "系统软件包安装失败，最后几行记录：" "$(tail -n 15 "$work/apt.log")"; }

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
}

# --- a 仿宋 ------------------------------------------------------------------------------------

has_fangsong() {
    fc-list : family | tr ',' '\n' | grep -qxE '仿宋|FangSong|朱雀仿宋.*|Zhuque Fangsong.*|FandolFang'
}
download_fandol() ( # texlive-lang-chinese is unpacked for its one font; TeX itself is not installed
    cd "$work" && rm -f ./*.deb &&
        apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=2 download texlive-lang-chinese \
            </dev/null >download.log 2>&1 && ls ./*.deb >/dev/null
)
fangsong() {
    local target=/usr/local/share/fonts/planforge font
    if has_fangsong; then
        say "仿宋字体：已有"
        return
    fi
    is_root || target="${XDG_DATA_HOME:-$HOME/.local/share}/fonts/planforge"
    say "仿宋字体：取 FandolFang，放到 $target"
    if ! download_fandol; then
        if is_root; then update_lists; fi
        again download_fandol || {
            say "  FandolFang 下载不了：PDF 里的仿宋将以别的字体代替（Word 文件不受影响）。"
            [ "$role" = runtime ] && return
            fail "测试需要 FandolFang，请检查网络后再执行一次。"
        }
    fi
    dpkg-deb --fsys-tarfile "$work"/*.deb | tar -x -C "$work" --wildcards '*/FandolFang-Regular.otf'
    font="$(find "$work" -name FandolFang-Regular.otf | head -n 1)"
    [ -n "$font" ] || fail "texlive-lang-chinese 里没有找到 FandolFang-Regular.otf。"
    mkdir -p "$target"
    install -m 0644 "$font" "$target/.FandolFang-Regular.part"
    mv -f "$target/.FandolFang-Regular.part" "$target/FandolFang-Regular.otf"
    fc-cache -f "$target"
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
    local stamp
    for stamp in "$venv/.planforge-$role" "$venv/.planforge-test"; do
        if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(recipe)" ]; then return 0; fi
    done
    return 1
}
pip() { "$venv/bin/python" -m pip --disable-pip-version-check --no-input -qq "$@" </dev/null; }
install_runtime() { pip install -c "$lock" -e .; }
install_test() { pip install -r "$lock" && pip install --no-deps --no-build-isolation -e .; }

environment() {
    local python
    if ! venv_works; then
        python="$(find_python)"
        [ -n "$python" ] || fail "没有找到 Python 3.11 或更新的版本：请先安装 Python。"
        say "虚拟环境：用 $("$python" --version) 建在 $venv"
        "$python" -m venv --clear "$venv"
    elif fresh; then
        say "Python 库：都已装好"
        return
    fi
    say "Python 库：安装"
    timed "安装" again "install_$role" || fail "Python 库安装失败：请检查网络后再执行一次。"
    recipe >"$venv/.planforge-$role"
}

work="$(mktemp -d)"
if has_apt; then
    export LC_ALL=C.UTF-8
    system_packages
    fangsong
else
    say "这个系统没有 apt：系统库和字体请照 README“安装”一节准备，再用 planforge doctor 核对。"
fi
environment
