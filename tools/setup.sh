#!/usr/bin/env bash
# Makes everything that the application needs on this machine; with --dev, also what its tests need.
#
# Run it as often as you like: stamps hold the hash of what was installed, and only what changed is
# done again. A run that was interrupted is mended by the next; two at once wait for each other.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
unset PYTHONHOME PYTHONPATH
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

dev=
[ "${1:-}" != --dev ] || dev=yes

say() { printf '%s\n%s\n' "$1" "$2"; }
stop() {
    say "$1" "$2" >&2
    trap - EXIT
    exit 1
}
trap '[ $? = 0 ] || say "安装未完成，原因见上；排除后再次运行即可继续。" \
    "Set-up did not finish, for the reason above; mend it and run again to go on." >&2' EXIT

hash_of() { cat "$@" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -d' ' -f1; }
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; } # STAMP HASH

mkdir -p build
if command -v flock >/dev/null; then
    exec 9>build/setup.lock
    flock -n 9 || { say "等待另一个安装进程……" "Waiting for another set-up…" && flock 9; }
fi

# ---- 1. System packages: what is missing comes by one line of apt ----

find_python() { # prints the first Python that is new enough and can make environments
    local name
    for name in .venv/bin/python python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
        if "$name" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            echo "$name" && return
        fi
    done
    return 1
}

venv_package() { # the package that lets this machine's newest Python make environments
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name-venv" && return
        fi
    done
    # Before Debian 12 and Ubuntu 24.04, python3 is older than 3.11.
    if apt-cache show python3 2>/dev/null | grep -q '^Version: 3\.\([0-9]\|10\)[.-]'; then
        echo python3.11-venv
    else
        echo python3-venv
    fi
}

has_postgis() { # asks the application's own search, so that there is one opinion only
    local python
    python=$(find_python) || return 1
    "$python" -B -c 'import sys; sys.path.insert(0, "")
from gis.store.postgres import find_postgres; find_postgres()' 2>/dev/null
}

has_browser() {
    local name
    for name in chromium google-chrome google-chrome-stable; do
        ! command -v "$name" >/dev/null || return 0
    done
    compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium*" >/dev/null
}

has_browser_package() { # Ubuntu's chromium is a snap, which neither containers nor tests can use
    ! grep -qs '^ID=ubuntu' /etc/os-release
}

list_missing() {
    find_python >/dev/null || venv_package
    if [ -n "$dev" ]; then
        [ -n "${QINGFEI_TEST_DATABASE_URL:-}" ] || has_postgis || echo postgresql-postgis
        has_browser || ! has_browser_package || echo chromium
        # The driver of the browser's tests links to it, and no package above brings it.
        ! command -v apt-get >/dev/null || compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null ||
            echo libatomic1
        # Without such a font every Chinese character is an empty box.
        fc-list :lang=zh 2>/dev/null | grep -q . || printf '%s\n' fontconfig fonts-noto-cjk
    else
        [ -n "${QINGFEI_DATABASE_URL:-}" ] || has_postgis || echo postgresql-postgis
    fi
}

install_system_packages() {
    local packages update='apt-get update' install='apt-get install -y --no-install-recommends'
    packages=$(list_missing | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0
    if ! command -v apt-get >/dev/null; then
        stop "缺少系统组件：$packages（Debian 包名）。请安装 Python 3.11+（含 venv）、带 PostGIS 的 PostgreSQL（测试另需 Chromium 和中文字体）后重试。" \
            "Missing (Debian's names): $packages. Install Python 3.11+ with venv and PostgreSQL with PostGIS (for the tests also Chromium and a Chinese font), then run again."
    fi
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo -n)
        elif command -v sudo >/dev/null; then
            stop "需要管理员权限，请先执行下面一行，再重试：" \
                "This needs an administrator; type this line, then run again:
  sudo $update && sudo $install $packages"
        else
            stop "需要管理员权限，请先执行下面一行，再重试：" \
                "This needs an administrator; type this line, then run again:
  su -c '$update && $install $packages'"
        fi
    fi
    say "正在安装系统软件包：$packages……" "Installing system packages: $packages…"
    # 9>&-: a server that a package starts must not keep our lock.
    local quiet=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8)
    # A source that does not answer need not matter, so only what installs decides.
    "${as_root[@]}" "${quiet[@]}" $update -qq >build/apt.log 2>&1 9>&- || true
    # shellcheck disable=SC2086 # the packages are words of one line
    "${as_root[@]}" "${quiet[@]}" $install -qq -o DPkg::Lock::Timeout=300 $packages \
        >>build/apt.log 2>&1 9>&- || {
        grep -h '^[EW]:' build/apt.log >&2 || true
        stop "系统软件包安装失败，原因见上，详见 build/apt.log；排除后再次运行。" \
            "apt could not install them, for the reason above (build/apt.log has more); mend it and run again."
    }
}

install_system_packages
python=$(find_python) || stop "需要 Python 3.11 或更新版本（含 venv）。" \
    "Python 3.11 or newer is needed, with venv."

# ---- 2. The project's own Python environment, from locked versions ----

[ -t 1 ] && quiet=() || quiet=(--quiet)
pip_install() { .venv/bin/python -m pip install "${quiet[@]}" "$@" 9>&-; }
pip_locked() { # LOCK... : wheels only, each with its hash, none but the listed
    pip_install --require-hashes --no-deps --only-binary :all: "${@/#/--requirement=}"
}

# Scripts in an environment name its folder; one that was copied or half made is of no use.
if [ -e .venv/.unfinished ] || ! is_fresh .venv/.made-in "$PWD"; then
    python=$(rm -rf .venv && find_python)
    mkdir .venv
    touch .venv/.unfinished
    "$python" -m venv .venv
    echo "$PWD" >.venv/.made-in
fi

lock=requirements.txt
[ -z "$dev" ] && [ ! -f .venv/.dev ] || lock=requirements-dev.txt # which holds the former
packages=$(hash_of "$lock" tools/requirements-build.txt)
if ! is_fresh .venv/.packages "$packages"; then
    say "正在安装 Python 依赖（约 200 MB）……" "Installing Python packages (about 200 MB)…"
    touch .venv/.unfinished # pip takes a package that it was killed in for a whole one
    pip_locked "$lock" tools/requirements-build.txt
    [ "$lock" = requirements.txt ] || touch .venv/.dev
    echo "$packages" >.venv/.packages
    rm .venv/.unfinished
fi

project=$(hash_of pyproject.toml)
if ! is_fresh .venv/.project "$project"; then
    pip_install --no-deps --no-build-isolation --editable .
    echo "$project" >.venv/.project
fi

# ---- 3. The page's files ----

vendor=$(hash_of web_map/package-lock.json tools/vendor.sh)
if ! is_fresh web_map/static/vendor/.stamp "$vendor"; then
    say "正在安装网页组件……" "Installing the page's files…"
    # Debian's npm is 387 packages (47 MB, 236 MB on disk) and asks for root; this is one locked
    # wheel of 61 MB, the same on every system.
    if ! npm --version >/dev/null 2>&1 && ! .venv/bin/npm --version >/dev/null 2>&1; then
        pip_locked tools/requirements-node.txt
    fi
    PATH="$PATH:$PWD/.venv/bin" bash tools/vendor.sh "$vendor" 9>&-
fi

# ---- 4. A browser for the tests, where the system has none to offer ----

if [ -n "$dev" ] && ! has_browser; then
    say "正在安装测试用浏览器……" "Installing a browser for the tests…"
    .venv/bin/python -m playwright install --with-deps chromium 9>&- ||
        stop "本系统没有可供测试使用的 Chromium：请安装 Google Chrome，或执行下面一行，再重试：" \
            "This system offers no Chromium that tests can use: install Google Chrome, or type this line, then run again:
  .venv/bin/playwright install --with-deps chromium"
fi
