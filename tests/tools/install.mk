# Installs tools. Each is installed once a machine, by its version, into a folder of the user's cache, where every
# checkout finds it; .tools of a checkout has links to the versions that it needs. TOOLS=/path names another folder for
# the links, TOOLS_CACHE=/path one for the tools.
#
# What `make serve` runs must work on macOS too: GNU make 3.81, bash 3.2, tools of BSD.

# Versions of tools that cargo installs. package.json and requirements.in have those from npm and PyPI,
# rust-toolchain.toml that of Rust; wasm-bindgen has the version in Cargo.lock. Trunk.toml repeats wasm-opt's, and a
# test compares.
TRUNK := 0.22.1
# Prints sizes of functions.
TWIGGY := 0.8.0
# Writes the bill of materials.
CYCLONEDX := 0.5.9
# Drives Firefox.
GECKODRIVER := 0.37.1
# Fills in FHIR Questionnaires, and the digest of its package. Its dependencies (Angular) are built into its files,
# so it is no entry of package.json, from where npm would install 300 MB more.
LFORMS := 40.1.3
LFORMS_SHA256 := 288cff4360e8a90a44e994a01422d2cf970170000ce915b5739ccc383097edd9
WASM_BINDGEN := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock)

TOOLS := $(CURDIR)/.tools
# Reaches tests and scripts too.
export GUIDE_TOOLS := $(abspath $(TOOLS))
TOOLS_CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/migraine-guide
export TOOLS_CACHE
export PATH := $(GUIDE_TOOLS)/bin:$(GUIDE_TOOLS)/node_modules/.bin:$(PATH)

STEP := $(CURDIR)/tests/tools/step.sh
INSTALL := $(CURDIR)/tests/tools/install.sh
PACKAGES := $(CURDIR)/tests/tools/packages.sh

# macOS has the second. The redirection makes old versions of make ask a shell.
SHA256 := $(if $(shell command -v sha256sum 2>/dev/null),sha256sum,shasum -a 256)
# Digests of the lock files, so that a branch with other versions installs its own.
NPM := $(shell cat tests/tools/package-lock.json tests/tools/.npmrc | $(SHA256) | cut -c 1-12)
PIP := $(shell $(SHA256) tests/tools/requirements.txt | cut -c 1-12)
NPM_TOOLS := $(GUIDE_TOOLS)/npm-$(NPM)
PIP_TOOLS := $(GUIDE_TOOLS)/pip-$(PIP)
SITE_TOOLS := $(GUIDE_TOOLS)/trunk-$(TRUNK) $(GUIDE_TOOLS)/wasm-bindgen-$(WASM_BINDGEN) $(NPM_TOOLS)
TEST_TOOLS := $(GUIDE_TOOLS)/twiggy-$(TWIGGY) $(GUIDE_TOOLS)/geckodriver-$(GECKODRIVER) $(PIP_TOOLS) \
	$(GUIDE_TOOLS)/lforms-$(LFORMS) $(GUIDE_TOOLS)/wordpress

# Builds tools without optimization, in a third of the time: Trunk in its own release profile takes 15
# minutes on two cores, and the tools spend their time in other programs.
FAST_BUILD := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
	CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0
# A package and its version, then options of the build. cargo-binstall downloads what the authors of a tool built,
# where somebody has it: installing it just for this would take longer than it saves. It gives up after 15 seconds.
CARGO_TOOL = { cargo binstall -V && cargo binstall --no-confirm --root "$$INTO" --disable-strategies quick-install,compile \
	--maximum-resolution-timeout 15 $(1); } >/dev/null 2>&1 || cargo install --quiet --root "$$INTO" $(2) $(1)

need = command -v $(1) >/dev/null 2>&1 || { printf '%s\n' '$(1) is missing: $(2)' >&2; exit 1; }
need_node = { npm --version && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; } \
	>/dev/null 2>&1 || { echo 'Node.js is missing, or too old: install Node.js 20.19 or later with npm' >&2; exit 1; }

.PHONY: toolchain
toolchain:
	@$(call need,rustup,install it as https://rustup.rs says)
	@$(PACKAGES) compiler
	@test -d "$$(rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library" || $(STEP) 'Installing the Rust toolchain of rust-toolchain.toml' rustup toolchain install

# Says what is about to be installed.
.PHONY: plan
plan:
	@missing='$(notdir $(filter-out $(wildcard $(PLANNED)),$(PLANNED)))'; [ -z "$$missing" ] || \
		printf '\n== Tools for this checkout, built or downloaded where %s has none of that version:\n   %s\n' '$(TOOLS_CACHE)' "$$missing"

.PHONY: times
times: ## List how long each step took when it last had something to do
	@$(STEP)

.PHONY: tools
tools: $(SITE_TOOLS)

# With the TLS of the system, which it never needs: its own would be compiled.
$(GUIDE_TOOLS)/trunk-$(TRUNK): | toolchain
	@$(PACKAGES) openssl
	@$(FAST_BUILD) $(INSTALL) 'Trunk $(TRUNK)' trunk $(TRUNK) bin/trunk \
		'$(call CARGO_TOOL,trunk@$(TRUNK),--locked --no-default-features --features native-tls)'

# Without --locked: its lock file may name a version that a registry mirror does not have yet.
$(GUIDE_TOOLS)/wasm-bindgen-$(WASM_BINDGEN): | toolchain
	@$(FAST_BUILD) $(INSTALL) 'wasm-bindgen $(WASM_BINDGEN)' wasm-bindgen $(WASM_BINDGEN) bin/wasm-bindgen \
		'$(call CARGO_TOOL,wasm-bindgen-cli@$(WASM_BINDGEN))'

$(GUIDE_TOOLS)/twiggy-$(TWIGGY): | toolchain
	@$(FAST_BUILD) $(INSTALL) 'twiggy $(TWIGGY)' twiggy $(TWIGGY) bin/twiggy '$(call CARGO_TOOL,twiggy@$(TWIGGY),--locked)'

$(GUIDE_TOOLS)/cyclonedx-$(CYCLONEDX): | toolchain
	@$(FAST_BUILD) $(INSTALL) 'cargo-cyclonedx $(CYCLONEDX)' cyclonedx $(CYCLONEDX) bin/cargo-cyclonedx \
		'$(call CARGO_TOOL,cargo-cyclonedx@$(CYCLONEDX),--locked)'

$(GUIDE_TOOLS)/geckodriver-$(GECKODRIVER): | toolchain
	@$(FAST_BUILD) $(INSTALL) 'geckodriver $(GECKODRIVER)' geckodriver $(GECKODRIVER) bin/geckodriver \
		'$(call CARGO_TOOL,geckodriver@$(GECKODRIVER),--locked)'

# Scripts ask for packages relative to the folder of package.json.
$(NPM_TOOLS):
	@$(need_node)
	@$(INSTALL) 'the tools of tests/tools/package.json: wasm-opt and others' npm $(NPM) node_modules \
		'cp tests/tools/package.json tests/tools/package-lock.json tests/tools/.npmrc "$$INTO"; npm ci --loglevel=error --prefix "$$INTO"'

$(PIP_TOOLS):
	@$(call need,python3,install Python 3.11 or later)
	@$(PACKAGES) venv
	@$(INSTALL) 'the tools of tests/tools/requirements.in: Schemathesis and others' pip $(PIP) venv \
		'python3 -m venv "$$INTO/venv"; "$$INTO/venv/bin/pip" install --quiet --disable-pip-version-check \
			--require-hashes --no-deps --requirement tests/tools/requirements.txt'

.PHONY: lforms
lforms: $(GUIDE_TOOLS)/lforms-$(LFORMS)

# Of the 56 MB of the package the files that a page needs.
$(GUIDE_TOOLS)/lforms-$(LFORMS):
	@$(need_node)
	@$(INSTALL) 'LHC-Forms $(LFORMS)' lforms $(LFORMS) lforms \
		'cd "$$INTO"; npm pack --silent lforms@$(LFORMS) >/dev/null; \
		echo "$(LFORMS_SHA256)  lforms-$(LFORMS).tgz" | $(SHA256) -c - >/dev/null; \
		tar xzf lforms-$(LFORMS).tgz package/LICENSE.md package/dist/lforms; mkdir lforms; cd package/dist/lforms; \
		cp webcomponent/lhc-forms.js webcomponent/styles.css webcomponent/assets/lib/zone.min.js \
			webcomponent/*.png fhir/R4/lformsFHIR.min.js "$$INTO/lforms"; rm -r "$$INTO/package" "$$INTO"/*.tgz'

# --- packages of the system ---

# In CI each engine must be there. Elsewhere tests go without one that cannot be had.
WANTED := $(if $(CI),,?)

.PHONY: test-packages
test-packages:
	@$(PACKAGES) compiler openssl venv postgres wordpress rsync chromium$(WANTED) webkit$(WANTED) firefox$(WANTED)

.PHONY: openssl
openssl:
	@$(PACKAGES) openssl

.PHONY: browser
browser:
	@$(PACKAGES) chromium

# A second browser engine, on a virtual display.
.PHONY: webkit
webkit:
	@$(PACKAGES) webkit

# A third one.
.PHONY: firefox
firefox: $(GUIDE_TOOLS)/geckodriver-$(GECKODRIVER)
	@$(PACKAGES) firefox

# For releases: a C compiler for programs without shared libraries, and what OpenSSL is configured by.
.PHONY: musl
musl:
	@$(PACKAGES) musl perl

# For releases: a C compiler for Windows, and its archives.
.PHONY: mingw
mingw:
	@$(PACKAGES) mingw perl

.PHONY: postgres
postgres:
	@$(PACKAGES) postgres

# Debian's WordPress without the web server that its package depends on, and a database.
.PHONY: wordpress
wordpress: $(GUIDE_TOOLS)/wordpress

$(GUIDE_TOOLS)/wordpress:
	@$(PACKAGES) wordpress
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && mkdir -p $(GUIDE_TOOLS) && cd "$$folder" && \
	apt-get download -qq wordpress 2>/dev/null && dpkg-deb -x wordpress_*.deb . && mv usr/share/wordpress $@ || \
	{ echo 'WordPress could not be downloaded: unpack it into .tools/wordpress, then run this again.' >&2; exit 1; }
