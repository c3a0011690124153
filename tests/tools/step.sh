#!/bin/sh
# Runs one step of the Makefile, and says how long it took:
#
#     tests/tools/step.sh TITLE COMMAND…    # the command, with a line twice a minute while it runs
#     tests/tools/step.sh                   # lists how long each step last took
#
# The times are kept in .dev/steps.tsv, so that each step says beforehand how long it took last time.
set -eu
times=${0%/*}/../../.dev/steps.tsv

# Shorter ones had nothing to do, and are not kept.
shortest=3

pretty() {
    if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# The lines are: time of the start, seconds, title.
if [ $# = 0 ]; then
    [ -f "$times" ] || { echo 'No step has run yet.'; exit 0; }
    awk -F '\t' '{ last[$3] = NR; line[NR] = $0 }
        END { for (i = 1; i <= NR; i++) { split(line[i], it, FS); if (last[it[3]] == i) {
            printf "%s  %2d min %02d s  %s\n", it[1], it[2] / 60, it[2] % 60, it[3] } } }' "$times"
    exit 0
fi

title=$1
shift
last=$(awk -F '\t' -v title="$title" '$3 == title { seconds = $2 } END { print seconds }' "$times" 2>/dev/null) || last=
told=${last:+ (last time: $(pretty "$last"))}
printf '\n== %s%s\n' "$title" "$told"

start=$(date +%s)
(
    # The sleep ends with this shell, and keeps no pipe open.
    sleeping=
    trap 'kill $sleeping 2>/dev/null; exit 0' TERM
    while :; do
        sleep 30 >/dev/null 2>&1 & sleeping=$!
        wait $sleeping
        echo "   … $title: $(pretty $(($(date +%s) - start))) so far$told"
    done
) &
progress=$!
trap 'kill $progress 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

status=0
"$@" || status=$?
seconds=$(($(date +%s) - start))
if [ $status = 0 ] && [ $seconds -ge $shortest ]; then
    mkdir -p "${times%/*}"
    printf '%s\t%s\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" $seconds "$title" >> "$times"
    echo "   $title: done after $(pretty $seconds)"
fi
exit $status
