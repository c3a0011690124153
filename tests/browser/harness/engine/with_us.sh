# Runs a program until standard input is closed, which it is when whoever started this has ended:
#
#     sh -c "$(cat with_us.sh)" with_us PROGRAM [ARGUMENT…]
#
# $PROFILE is the folder that the program's browser keeps its profile in.
"$@" </dev/null &
program=$!
cat >/dev/null
# A driver ends its browser with itself when it is asked to, not when it is killed.
kill $program 2>/dev/null
wait $program
# If it ended otherwise, the browser would stay.
pkill -KILL -f "$PROFILE"
rm -rf "$PROFILE"
kill -KILL 0
