#!/bin/sh
# Prints the browser engines that journeys can run in here. In CI, each of them must be there.
set -eu

there() {
    for command in "$@"; do
        command -v "$command" >/dev/null 2>&1 || return 1
    done
}

engines=''
for engine in chromium webkit firefox; do
    case $engine in
    chromium) there chromium chromedriver ;;
    webkit) there WebKitWebDriver Xvfb ;;
    firefox) there geckodriver && { there firefox-esr || there firefox; } ;;
    esac && engines="$engines $engine" || missing="${missing-} $engine"
done
if [ -n "${missing-}" ]; then
    echo "Journeys do not run in$missing, which is not installed." >&2
    [ -z "${CI-}" ] || exit 1
fi
echo ${engines# }
