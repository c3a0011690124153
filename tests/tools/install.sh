#!/bin/sh
# Installs a tool once on a machine, for every checkout, and links it into the folder of this checkout's tools:
#
#     tests/tools/install.sh TITLE NAME VERSION PATHS SCRIPT
#
# The script installs into the folder that $INTO names. That is a new one each time, and becomes the one of this
# version by a link, in one step: of two checkouts that install at once the second keeps what the first made, and a
# script that was cut off leaves nothing. PATHS are linked from there into $GUIDE_TOOLS, where a file
# NAME-VERSION says which version is linked.
set -eu
title=$1 name=$2 version=$3 paths=$4 script=$5
cache=$TOOLS_CACHE/$name-$version

if ! [ -d "$cache" ]; then
    # A link to a folder that somebody deleted.
    rm -f "$cache"
    mkdir -p "$TOOLS_CACHE"
    INTO=$(mktemp -d "$cache.XXXXXX")
    export INTO
    trap 'rm -rf "$INTO"' EXIT
    trap 'exit 130' INT TERM
    "${0%/*}/step.sh" "Installing $title" sh -ec "$script" || {
        echo "$title could not be installed (see above): check the network and the package mirror, then run this again." >&2
        exit 1
    }
    if ln -sn "${INTO##*/}" "$cache" 2>/dev/null; then
        trap - EXIT
    fi
fi

for path in $paths; do
    mkdir -p "$(dirname "$GUIDE_TOOLS/$path")"
    rm -rf "${GUIDE_TOOLS:?}/$path"
    ln -s "$cache/$path" "$GUIDE_TOOLS/$path"
done
rm -f "$GUIDE_TOOLS/$name"-*
touch "$GUIDE_TOOLS/$name-$version"
