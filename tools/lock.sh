#!/usr/bin/env bash
# Works out the locked versions anew: Python's by uv, the page's by npm. Needs both on PATH.
#
# Locks hold hashes and no addresses, so that they are as good behind a mirror as in the open.
# Without arguments everything stays at its version unless pyproject.toml or package.json forbids
# it; `tools/lock.sh --upgrade` takes the newest allowed.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() { # TARGET SOURCE... : one file of pinned versions with hashes, for all platforms
    local target=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header \
        ${upgrade:+--upgrade} --output-file "$target" "$@"
}

upgrade=
[ "${1:-}" != --upgrade ] || upgrade=yes

lock requirements.txt pyproject.toml
lock requirements-dev.txt pyproject.toml --extra dev --constraint requirements.txt
lock tools/requirements-build.txt tools/build.in --constraint requirements-dev.txt
lock tools/requirements-node.txt tools/node.in

cd web_map
npm_command=install
[ -z "$upgrade" ] || npm_command=update
npm "$npm_command" --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved
