#!/bin/sh
# Installs what comes with the system's packages, as far as it is missing:
#
#     tests/tools/packages.sh NEED… [WANT?…]
#
# A need that cannot be met ends this with 1, a want (with a question mark) with a line about it. Only on Debian and
# Ubuntu are packages installed, and sudo asks for no password before it is said why. Elsewhere one line says what
# to install. POSIX alone: macOS has BSD's tools and an old shell.
set -eu

# Another file in tests.
: "${OS_RELEASE:=/etc/os-release}"

there() {
    command -v "$1" >/dev/null 2>&1
}

kind() {
    if [ "$(uname -s)" = Darwin ]; then
        echo macos
        return
    fi
    like=$(. "$OS_RELEASE" 2>/dev/null && echo "$ID ${ID_LIKE-}") || like=
    case " $like " in
    *' ubuntu '*) echo ubuntu ;;
    *' debian '*) echo debian ;;
    *' fedora '*) echo fedora ;;
    *) echo other ;;
    esac
}

# Sets `met`, and the names of its packages on each system, where there are any. `tell` is another way to install it,
# and `hint` one for Ubuntu.
look_up() {
    met=no tell= hint= debian= fedora= macos= ubuntu=same
    case $1 in
    compiler)
        why='compiles programs' debian=build-essential fedora=gcc
        # A window of macOS opens, which installs Apple's compiler.
        [ $system = macos ] && tell='xcode-select --install'
        there cc && met=yes ;;
    openssl)
        why='intake is linked with it' debian='libssl-dev pkg-config' fedora='openssl-devel pkgconf-pkg-config'
        macos=openssl@3
        # Homebrew keeps it where pkg-config does not look, but the build does.
        { there pkg-config && pkg-config --exists openssl; } 2>/dev/null && met=yes
        { [ $system = macos ] && brew --prefix --installed openssl@3; } >/dev/null 2>&1 && met=yes ;;
    perl)
        why='OpenSSL of a release is configured by it' debian=perl fedora=perl macos=perl
        there perl && met=yes ;;
    musl)
        why='links programs without shared libraries' debian=musl-tools
        there musl-gcc && met=yes ;;
    rsync)
        why='a site is copied by it' debian=rsync
        there rsync && met=yes ;;
    mingw)
        why='compiles programs for Windows, and packs them' debian='gcc-mingw-w64-x86-64-posix zip'
        { there x86_64-w64-mingw32-gcc && there zip; } && met=yes ;;
    venv)
        why='tests of intake use tools from PyPI' debian=python3-venv fedora=python3 macos=python
        { there python3 && python3 -c 'import ensurepip, venv' 2>/dev/null; } && met=yes ;;
    chromium)
        why='journeys run in it' debian='chromium chromium-driver' fedora='chromium chromedriver'
        # A snap there, which neither reads hidden folders nor runs in a container.
        ubuntu= hint='put chromium and a chromedriver of the same version on PATH'
        { there chromium && there chromedriver; } && met=yes ;;
    webkit)
        why='journeys run in it' debian='webkit2gtk-driver xvfb'
        { there WebKitWebDriver && there Xvfb; } && met=yes ;;
    firefox)
        why='journeys run in it' debian=firefox-esr fedora=firefox
        # A snap as well.
        ubuntu= hint='install the package of Mozilla, see https://support.mozilla.org/kb/install-firefox-linux'
        { there firefox-esr || there firefox; } && met=yes ;;
    postgres)
        why='tests of intake run on it' debian=postgresql
        ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 && met=yes ;;
    wordpress)
        why='WordPress shows the guide in a test' debian='php-cli php-mysql mariadb-server-core'
        { there php && [ -x /usr/sbin/mariadbd ] && php -m | grep -q mysqli; } && met=yes ;;
    *)
        echo "packages.sh knows no $1" >&2
        exit 2 ;;
    esac
    [ "$ubuntu" = same ] && ubuntu=$debian
    return 0
}

system=$(kind)
# Of all missing needs; one line each in `reasons`.
install='' reasons='' unmet=''
for name in "$@"; do
    need=${name%\?}
    look_up "$need"
    [ $met = no ] || continue
    if [ -n "$tell" ]; then
        echo "Install first: $tell" >&2
        exit 1
    fi
    case $system in
    debian) packages=$debian ;;
    ubuntu) packages=$ubuntu ;;
    fedora) packages=$fedora ;;
    macos) packages=$macos ;;
    other) packages= ;;
    esac
    if [ "$name" != "$need" ] && { [ -z "$packages" ] || { [ $system != debian ] && [ $system != ubuntu ]; }; }; then
        [ $system = ubuntu ] || hint=
        echo "No $need here ($why): tests go without it. To have it, ${hint:-install ${packages:-it and its WebDriver}}."
    elif [ -z "$packages" ]; then
        unmet="$unmet $debian"
    else
        install="$install $packages" reasons="$reasons
   $packages: $why"
    fi
done

if [ -n "$unmet" ]; then
    echo "Install first what Debian calls$unmet, then run this again." >&2
    exit 1
fi
[ -n "$install" ] || exit 0
case $system in
macos)
    echo "Install first: brew install$install" >&2
    exit 1 ;;
fedora)
    echo "Install first: sudo dnf install$install" >&2
    exit 1 ;;
esac

echo
echo "== These packages are missing, and are installed by apt-get:$reasons"
as=
if [ "$(id -u)" != 0 ]; then
    there sudo || { echo "There is no sudo here. Let an administrator run: apt-get install$install" >&2; exit 1; }
    echo '   Only an administrator may do that, so sudo may ask for your password now.'
    as=sudo
fi
# shellcheck disable=SC2086 # Names of packages are words.
$as apt-get update -qq && $as apt-get install -y -qq --no-install-recommends $install >/dev/null || {
    echo "They could not be installed: check the network and the package mirror, or run: apt-get install$install" >&2
    exit 1
}
