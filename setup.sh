#!/bin/sh
# Makes .venv with the locked packages and this checkout in it; quick where that is done already.
# PYTHON=… chooses the interpreter. Ends with 2 and one clear line where the machine lacks something.
set -eu
cd "$(dirname "$0")"

die() {
    printf 'setup: %s\n' "$1" >&2
    exit 2
}

runs() { # runs PYTHON CODE: whether the code ends well; every Python since 2.7 can read what we ask
    "$1" -c "$2" >/dev/null 2>&1
}

version() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || true
}

packages() { # changes with all that the packages in .venv come from: the place, the interpreter, the lock
    { pwd; version .venv/bin/python; cat requirements.lock setup.sh; } | cksum
}

checkout() { # changes with what an installed checkout knows of itself
    cksum <pyproject.toml
}

holds() { # holds NAME VALUE: whether .venv remembers the value under the name
    [ -f ".venv/$1.stamp" ] && [ "$(cat ".venv/$1.stamp")" = "$2" ]
}

is_asked_for() { # whether .venv has the Python that was named, if one was
    [ -z "${PYTHON:-}" ] || [ "$(version "$PYTHON")" = "$(version .venv/bin/python)" ]
}

pip() { # errors only: warnings would tell of this machine, not of us
    .venv/bin/python -m pip -qq --disable-pip-version-check "$@"
}

choose() { # sets python to the first of the arguments that will do, or ends
    old='' bare=''
    for python in "$@"; do
        if ! runs "$python" 'import sys'; then
            continue
        elif ! runs "$python" 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            old=${old:-"$python is Python $(version "$python")"}
        elif ! runs "$python" 'import ensurepip, venv'; then
            bare=${bare:-$python}
        else
            return 0
        fi
    done
    if [ -n "$bare" ]; then
        minor=$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        die "$bare cannot make virtual environments; on Debian and Ubuntu: apt install python$minor-venv"
    fi
    die "Python 3.11 or newer is needed, but ${old:-there is no $1}; install one, or name it: make PYTHON=/path/to/python3.12"
}

if ! holds packages "$(packages)" || ! is_asked_for; then
    if [ -n "${PYTHON:-}" ]; then
        choose "$PYTHON"
    else
        choose python3 python3.14 python3.13 python3.12 python3.11 python
    fi
    echo "Setting up .venv with Python $(version "$python"); this is done once and takes about a minute." >&2
    "$python" -m venv --clear .venv || die "$python could not make .venv; its words are above"
    pip install --require-hashes --requirement requirements.lock ||
        die 'the packages of requirements.lock could not be installed; is a package index within reach? pip has said more above'
    packages >.venv/packages.stamp
fi
if ! holds checkout "$(checkout)"; then
    pip install --no-deps --no-build-isolation --editable . ||
        die 'this checkout could not be installed into .venv; pip has said why above'
    checkout >.venv/checkout.stamp
fi
