#!/bin/sh
# Copies a built site to where it is served, by rsync:
#
#     copy-site.sh dist SERVER:/srv/guide
#
# A page that is open in a browser names the app's files of its own release, and may fetch them at any time. So the new
# ones are there before the first page that names them, and those of the releases before stay. Everything else that the
# build does not have is deleted. A day later nobody needs the old ones:
#
#     copy-site.sh --drop-older dist SERVER:/srv/guide
set -eu

keep=yes
if [ "${1-}" = --drop-older ]; then
	keep=no
	shift
fi
if [ $# -ne 2 ] || [ ! -f "$1/content-security-policy.txt" ]; then
	echo "usage: copy-site.sh [--drop-older] SITE [SERVER:]FOLDER, where SITE is the folder that the build wrote" >&2
	exit 2
fi
site=${1%/}/
to=${2%/}/

# Named by a digest of their content: a name never stands for other bytes.
script='/*-????????????????.js*'
app='/*-????????????????_bg.wasm*'

# By content: a build can give a file the time and the size that it had before.
rsync -a --checksum --include="$script" --include="$app" --exclude='*' "$site" "$to"
set --
if [ "$keep" = yes ]; then
	set -- --filter="protect $script" --filter="protect $app"
fi
# All pages take their places at once, after the last one has been transferred.
rsync -a --checksum --delete --delay-updates "$@" "$site" "$to"
