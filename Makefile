# The migraine guide. `make` alone lists the targets. Tools are installed into .tools on first use.

# Versions of tools that cargo installs. tests/tools has those from npm and pip, rust-toolchain.toml that
# of Rust; wasm-bindgen has the version in Cargo.lock. Trunk.toml repeats wasm-opt's, and a test compares.
TRUNK := 0.22.1
# Prints sizes of functions.
TWIGGY := 0.8.0
# Writes the bill of materials.
CYCLONEDX := 0.5.9
# Fills in FHIR Questionnaires, and the digest of its package. Its dependencies (Angular) are built into its files,
# so it is no entry of tests/tools, from where npm would install 300 MB more.
LFORMS := 40.1.3
LFORMS_SHA256 := 288cff4360e8a90a44e994a01422d2cf970170000ce915b5739ccc383097edd9
WASM_BINDGEN := $(shell sed -n '/^name = "wasm-bindgen"$$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock)

# Limits of `make size`, in bytes after Brotli 11: a page with its style, and the app.
MAX_HTML := 36000
MAX_APP := 100000

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Another folder, as in `make test TOOLS=/path`, reaches tests and scripts as GUIDE_TOOLS.
TOOLS := $(CURDIR)/.tools
export GUIDE_TOOLS := $(abspath $(TOOLS))
# Development keys, the trial copy of the site, and its requests. Ignored by git.
DEV := .dev
KEY := $(DEV)/clinic.public.jwk.json
# The development build, as in the tests, so that OpenSSL is compiled once.
INTAKE := target/debug/intake
SITE := $(DEV)/site/index.html
SITE_SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html \
	$(shell find src content style public crates/guide-core/src crates/guide-core/Cargo.toml -type f)
export PATH := $(TOOLS)/bin:$(TOOLS)/node_modules/.bin:$(PATH)
# Stamps with a digest of the lock files, so that a branch with other versions installs its own.
NPM_TOOLS := $(TOOLS)/npm-$(shell cat tests/tools/package-lock.json tests/tools/.npmrc | sha256sum | cut -c 1-12)
PIP_TOOLS := $(TOOLS)/pip-$(shell sha256sum tests/tools/requirements.txt | cut -c 1-12)

# Builds tools without optimization, in a third of the time: Trunk in its own release profile takes 15
# minutes on two cores, and the tools spend their time in other programs.
FAST_BUILD := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
	CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_DEBUG=0
# For recipes: flags of rustc that keep the builder's paths out of what is published, so that it is the same
# wherever it is built.
WITHOUT_PATHS = --remap-path-prefix=$$PWD=. \
	$$(printf -- '--remap-path-prefix=%s=deps ' "$${CARGO_HOME:-$$HOME/.cargo}"/registry/src/*)
# Without backtraces, which would hide the message about a mistake in the content.
TRUNK_BUILD = cargo fetch --quiet --locked; RUST_BACKTRACE=0 \
	CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$(WITHOUT_PATHS)" trunk --log warn build --release

comma := ,
say = printf '\n== %s\n' '$(1)'
failed = { printf '%s\n' '$(1) could not be installed (see above): check the network and the package mirror, then run this again.' >&2; exit 1; }
need = command -v $(1) >/dev/null || { printf '%s\n' '$(1) is missing: $(2)' >&2; exit 1; }

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

.PHONY: serve
serve: $(SITE) $(INTAKE) ## Build a trial copy and serve it on http://127.0.0.1:8080, embedded on http://localhost:8081
	@$(call say,The guide is at http://127.0.0.1:8080/ (stop with Ctrl-C). Read requests with: make requests)
	@echo '   A site that shows it, of another origin: http://localhost:8081/demo/'
	@echo '   Metrics, readiness and the staff'"'"'s routes: http://127.0.0.1:8090/metrics'
	@node tests/browser/hosts/serve.mjs 8081 http://127.0.0.1:8080 & host=$$!; trap "kill $$host" EXIT; \
	$(INTAKE) serve --listen 127.0.0.1:8080 --operations-listen 127.0.0.1:8090 --database $(DEV)/requests.db --site $(DEV)/site --keys $(KEY) \
		--frame-ancestors "'self' http://localhost:8081"

.PHONY: requests
requests: $(INTAKE) ## Open the requests that the trial copy received
	@$(INTAKE) open --database $(DEV)/requests.db --private $(DEV)/clinic.private.jwk.json

.PHONY: build
build: tools ## Build the site for the clinic of content/clinic.toml into dist
	@$(call say,Building the site into dist)
	@$(TRUNK_BUILD)
	@$(call say,The digests of its files are in dist.sha256: keep them on another machine$(comma) for intake verify-site)

# Tests of intake whose outcome does not depend on the database.
DATABASE_INDEPENDENT := $(addprefix --skip ,backup:: deploy:: export:: key_files:: lost_machine:: opening:: pages:: restore:: settings:: sqlite:: a_full_disk)

.PHONY: test
test: lint size html browser webkit postgres wordpress lforms $(PIP_TOOLS) $(INTAKE) ## Run every test; CI calls this and nothing else
	@$(call say,Running all tests)
	@status=0; cargo test --workspace --lib --bins --tests --no-fail-fast 2>&1 | tee target/test.log || status=$$?; \
	$(call say,Running the tests of intake that use a database once more: on PostgreSQL); \
	INTAKE_TEST_DATABASE=postgres cargo test --package intake --test suite --no-fail-fast -- $(DATABASE_INDEPENDENT) \
		2>&1 | tee -a target/test.log || status=$$?; \
	awk '/^test result:/ { passed += $$4; failed += $$6 } END { printf "\n%d passed, %d failed\n", passed, failed }' target/test.log; \
	exit $$status

# Cases of each fuzz test; `make test` runs 256.
CASES := 100000

.PHONY: fuzz
fuzz: toolchain ## Run the fuzz tests of intake longer: CASES=100000 cases each
	@PROPTEST_CASES=$(CASES) cargo test --package intake --test suite -- fuzz::

# Requests stored before memory and listings are measured; 0 skips that.
ROWS := 1000000

.PHONY: bench-intake
bench-intake: toolchain postgres ## Measure intake on both databases beside their bare limits, with ROWS=1000000 stored
	@ROWS=$(ROWS) cargo bench --package intake --bench intake

# Scripts with types in their comments.
TYPED_SCRIPTS := public/embed.js public/embed.d.ts public/embed/builder.js $(wildcard src/scripts/*.js src/browser/*.js) \
	$(wildcard tests/browser/scripts/*.ts tests/browser/scripts/*.js tests/browser/hosts/*.js) \
	$(wildcard tests/browser/hosts/*/*.js tests/browser/hosts/*/*.ts)

# Skips the one rule that needs a build of the site.
.PHONY: quick
quick: lint ## Before every commit: formatting, lints, tests of the core, the rendered pages and the rules
	@$(call say,Running the tests of the core$(comma) of the rendered pages and of the rules)
	@cargo test --quiet --package guide-core --lib --tests
	@cargo test --quiet --test rendered --test tidy -- --skip nothing_of_the_content_is_compiled_in

.PHONY: lint
lint: toolchain $(NPM_TOOLS) ## Check formatting and lints; warnings are errors
	@$(call say,Checking formatting and lints)
	@cargo fmt --all --check
	@cargo clippy --quiet --workspace --all-targets -- --deny warnings
	@cargo clippy --quiet --target wasm32-unknown-unknown --profile browser -- --deny warnings
	@tsc --noEmit --checkJs --strict --target es2022 --module esnext --moduleDetection force --lib es2023,dom,dom.iterable $(TYPED_SCRIPTS)

# The wasm module with the names of its functions.
WASM := target/wasm32-unknown-unknown/browser/migraine-guide.wasm

.PHONY: size
size: $(SITE) $(TOOLS)/twiggy-$(TWIGGY) ## Print the sizes of page and app, and the ten largest functions; fail above the limits
	@cd $(DEV)/site; sum() { cat "$$@" | wc -c; }; over=0; \
	line() { printf '%-22s %7d of %d bytes\n' "$$1" "$$2" "$$3"; [ "$$2" -le "$$3" ] || over=1; }; \
	line 'page with its style' "$$(sum index.html.br)" $(MAX_HTML); \
	line 'app (wasm, glue)' "$$(sum migraine-guide-*_bg.wasm.br migraine-guide-*.js.br)" $(MAX_APP); \
	cd $(CURDIR); echo 'the largest functions, in bytes before wasm-opt and Brotli:'; \
	twiggy top -n 100 -f csv $(WASM) | sed -E 's/\[[0-9a-f]{16}\]//g' | grep -vE '^Name|custom section|subsection|data segment' \
		| sed -nE '1,10s/^"?(.*[^"])"?,([0-9]+),.*$$/\2 \1/p' | cut -c -110; \
	exit $$over

.PHONY: html
html: $(SITE) $(NPM_TOOLS) ## Check the HTML of every page; the rules are in tests/tools/html-validate.mjs
	@$(call say,Checking the HTML of every page)
	@find $(DEV)/site -name '*.html' -print0 | xargs -0 html-validate --config tests/tools/html-validate.mjs

.PHONY: check-content
check-content: toolchain ## Check content/ and explain each mistake: file, line, correction
	@cargo run --quiet --bin migraine-guide -- check

.PHONY: review
review: toolchain ## Write the self-assessment on one page into target/review, for a clinician to read and sign
	@cargo run --quiet --bin migraine-guide -- review

.PHONY: screenshots
screenshots: browser $(SITE) $(INTAKE) ## Take a screenshot of every page and screen into .screenshots; ONLY=name for some
	@$(call say,Taking screenshots (three widths and three themes: about four minutes))
	@ONLY=$(ONLY) cargo test --quiet --test browser screenshots:: -- --ignored --nocapture

.PHONY: bench-pages
bench-pages: browser $(SITE) $(INTAKE) ## Measure building and reading with longer and more articles
	@$(call say,Building and reading long and many articles (about five minutes))
	@cargo test --quiet --test browser benches::pages -- --ignored --nocapture

# Visits of each page with each device.
ROUNDS := 5

.PHONY: bench-page
bench-page: browser $(SITE) $(INTAKE) ## Measure visits by phone and desktop, beside pages without the app; prints docs/performance.md's tables
	@$(call say,Visiting three pages with two devices$(comma) ROUNDS=$(ROUNDS) times each)
	@ROUNDS=$(ROUNDS) cargo test --quiet --test browser benches::page:: -- --ignored --nocapture

.PHONY: bench-browser
bench-browser: $(SITE) browser $(INTAKE) ## Measure a press in the self-assessment on a slow phone, with 17 and 500 questions
	@cargo test --quiet --test browser benches::answering -- --ignored --nocapture

# Includes build dependencies: OpenSSL is there as openssl-src.
.PHONY: sbom
sbom: $(TOOLS)/cyclonedx-$(CYCLONEDX) ## Write the bill of materials of intake (CycloneDX) into target/intake.cdx.json
	@cargo cyclonedx --quiet --manifest-path crates/intake/Cargo.toml --format json --spec-version 1.5 \
		--override-filename intake.cdx
	@rm -f crates/guide-core/intake.cdx.json intake.cdx.json
	@mv crates/intake/intake.cdx.json target/intake.cdx.json
	@$(call say,The bill of materials of intake is in target/intake.cdx.json)

# --- releases ---

VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
ARCHIVE := intake-$(VERSION)-x86_64-linux
KIT := migraine-guide-kit-$(VERSION)-x86_64-linux
STATIC := x86_64-unknown-linux-musl
# OpenSSL names the folder that it is built in, so that is one and the same for every build. Nobody else can have
# put anything into it: it is made anew.
RELEASE_BUILD := /var/tmp/intake-release-build

# For recipes: OpenSSL and SQLite by musl's compiler, without the builder's paths and time.
STATIC_BUILD = export SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" CC_x86_64_unknown_linux_musl=musl-gcc \
	CARGO_TARGET_X86_64_UNKNOWN_LINUX_MUSL_RUSTFLAGS="$(WITHOUT_PATHS)"; \
	rustup target add --toolchain "$$(rustup show active-toolchain | cut -d ' ' -f 1)" $(STATIC) 2>/dev/null; \
	cargo fetch --quiet --locked; cargo build --quiet --locked --release --target $(STATIC)
# For recipes: packs a folder of target, so that equal files make an equal archive.
PACK = tar --sort=name --owner=0 --group=0 --numeric-owner --mode=go=rX,u+rw --mtime="@$$(git log -1 --format=%ct)" \
	-C target -cf - $(1) | gzip -n9 > target/$(1).tar.gz

.PHONY: kit
kit: tools musl ## Build the site kit into target: the text is changed and the pages are built without any other tool
	@$(call say,Building the site kit (about four minutes on two cores))
	@export GUIDE_ONLY_APP=1; $(TRUNK_BUILD) --dist target/kit/site
	@$(STATIC_BUILD) --bin migraine-guide
	@folder=target/$(KIT); rm -rf $$folder; mkdir -p $$folder; \
	install -m 0755 target/$(STATIC)/release/migraine-guide $$folder/guide; \
	cp -r target/kit/app target/kit/app.sha256 content LICENSE-APACHE LICENSE-MIT $$folder; \
	mkdir $$folder/docs; cp docs/assessment.md docs/operating.md $$folder/docs; \
	sed -E 's#\]\((assessment|operating)\.md#](docs/\1.md#' docs/site-kit.md > $$folder/README.md
	@$(call PACK,$(KIT))

.PHONY: archive
archive: toolchain musl $(TOOLS)/cyclonedx-$(CYCLONEDX) ## Build a static intake with its units, settings, manual and bill of materials as an archive in target
	@$(call say,Building intake without shared libraries (about five minutes on two cores))
	@mkdir -m 0700 $(RELEASE_BUILD) || { echo 'Another build runs, or one was cut off: remove that folder, then run this again.' >&2; exit 1; }
	@trap 'rm -rf $(RELEASE_BUILD)' EXIT; export CARGO_BUILD_BUILD_DIR=$(RELEASE_BUILD); $(STATIC_BUILD) --package intake
	@SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" $(MAKE) --no-print-directory sbom
	@folder=target/$(ARCHIVE); rm -rf $$folder; mkdir -p $$folder/docs; \
	install -m 0755 target/$(STATIC)/release/intake $$folder; \
	sed "s|file://$(CURDIR)|file://|g" target/intake.cdx.json > $$folder/intake.cdx.json; \
	cp -r crates/intake/deploy LICENSE-APACHE LICENSE-MIT CHANGELOG.md SECURITY.md $$folder; \
	cp docs/operating.md docs/threat-model.md docs/privacy-and-law.md $$folder/docs
	@$(call PACK,$(ARCHIVE))

RELEASE := target/release-$(VERSION)
# A private key for ssh-keygen, of the person who releases.
SIGNING_KEY :=

.PHONY: release
release: ## Build both archives of this commit twice in different folders, compare, and sign their checksums with SIGNING_KEY=file
	@test -f '$(SIGNING_KEY)' || { echo 'Give SIGNING_KEY=file: a private key as ssh-keygen -t ed25519 makes it.' >&2; exit 1; }
	@test -z "$$(git status --porcelain)" || { echo 'Commit first: a release is made of a commit.' >&2; exit 1; }
	@rm -rf target/release-builds $(RELEASE); mkdir -p target/release-builds/another $(RELEASE)
	@for folder in target/release-builds/one target/release-builds/another/of-another-length; do \
		git clone --quiet . $$folder; $(MAKE) --no-print-directory -C $$folder archive kit TOOLS=$(abspath $(TOOLS)); \
	done
	@for name in $(ARCHIVE) $(KIT); do \
		cmp target/release-builds/one/target/$$name.tar.gz target/release-builds/another/of-another-length/target/$$name.tar.gz; \
		mv target/release-builds/one/target/$$name.tar.gz $(RELEASE); \
	done; rm -rf target/release-builds
	@cd $(RELEASE) && sha256sum *.tar.gz > SHA256SUMS && \
		ssh-keygen -q -Y sign -f '$(abspath $(SIGNING_KEY))' -n migraine-guide-release SHA256SUMS
	@$(call say,Both builds are equal. The release is in $(RELEASE); docs/operating.md tells how it is verified)

.PHONY: clean
clean: ## Remove all builds; tools and development keys stay
	@cargo clean --quiet
	@rm -rf dist dist.sha256 $(DEV)/site $(DEV)/site.sha256

# --- the trial copy, with a development key: its requests reach no clinic ---

$(SITE): $(SITE_SOURCES) $(KEY) | tools
	@$(call say,Building a trial copy of the site into $(DEV)/site (the first time: about three minutes))
	@export GUIDE_DEVELOPMENT_KEY=$(CURDIR)/$(KEY); $(TRUNK_BUILD) --dist $(DEV)/site
	@touch $@

$(KEY): | $(INTAKE)
	@$(call say,Making a development key pair in $(DEV))
	@mkdir -p $(DEV)
	@$(INTAKE) key new --out $(DEV) --name clinic --no-passphrase >/dev/null

.PHONY: $(INTAKE)
$(INTAKE): toolchain
	@test -x $@ || { $(call say,Building intake (the first time: about five minutes)); }
	@cargo build --quiet --package intake

# --- tools, each installed once ---

.PHONY: toolchain
toolchain:
	@$(call need,rustup,install it as https://rustup.rs says)
	@$(call need,cc,install a C compiler - on Debian and Ubuntu: apt-get install build-essential)
	@$(call need,perl,install it - on Debian and Ubuntu: apt-get install perl)
	@cargo --version >/dev/null 2>&1 || { $(call say,Installing the Rust toolchain of rust-toolchain.toml); rustup toolchain install || $(call failed,The Rust toolchain); }

.PHONY: tools
tools: toolchain $(TOOLS)/trunk-$(TRUNK) $(TOOLS)/wasm-bindgen-$(WASM_BINDGEN) $(NPM_TOOLS)

$(TOOLS)/trunk-$(TRUNK): | toolchain
	@$(call say,Installing Trunk $(TRUNK) into .tools (about five minutes on two cores))
	@$(FAST_BUILD) cargo install --quiet --locked --root $(TOOLS) trunk@$(TRUNK) || $(call failed,Trunk)
	@touch $@

# Without --locked: its lock file may name a version that a registry mirror does not have yet.
$(TOOLS)/wasm-bindgen-$(WASM_BINDGEN): | toolchain
	@$(call say,Installing wasm-bindgen $(WASM_BINDGEN) into .tools (about three minutes))
	@$(FAST_BUILD) cargo install --quiet --root $(TOOLS) wasm-bindgen-cli@$(WASM_BINDGEN) || $(call failed,wasm-bindgen)
	@touch $@

$(NPM_TOOLS):
	@$(call need,npm,install Node.js 20.19 or later with npm)
	@$(call say,Installing wasm-opt$(comma) esbuild$(comma) TypeScript$(comma) axe-core and the others of tests/tools/package.json into .tools)
	@mkdir -p $(TOOLS) && cp tests/tools/package.json tests/tools/package-lock.json tests/tools/.npmrc $(TOOLS)
	@npm ci --loglevel=error --prefix $(TOOLS) || $(call failed,wasm-opt)
	@rm -f $(TOOLS)/npm-* && touch $@

$(PIP_TOOLS):
	@$(call need,python3,install it - on Debian and Ubuntu: apt-get install python3-venv)
	@$(call say,Installing Schemathesis and the others of tests/tools/requirements.in into .tools)
	@python3 -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && as= || as=sudo; \
		$$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends python3-venv >/dev/null; } \
		|| $(call failed,venv for Python 3)
	@mkdir -p $(TOOLS) && python3 -m venv --clear $(TOOLS)/venv && $(TOOLS)/venv/bin/pip install --quiet \
		--disable-pip-version-check --require-hashes --no-deps --requirement tests/tools/requirements.txt \
		|| $(call failed,Schemathesis)
	@rm -f $(TOOLS)/pip-* && touch $@

.PHONY: lforms
lforms: $(TOOLS)/lforms-$(LFORMS)

# Of the 56 MB of the package the files that a page needs.
$(TOOLS)/lforms-$(LFORMS):
	@$(call say,Installing LHC-Forms $(LFORMS) into .tools)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	npm pack --silent --pack-destination "$$folder" lforms@$(LFORMS) >/dev/null && cd "$$folder" && \
	echo '$(LFORMS_SHA256)  lforms-$(LFORMS).tgz' | sha256sum --check --quiet && \
	tar xzf lforms-$(LFORMS).tgz package/LICENSE.md package/dist/lforms && \
	mkdir -p $(TOOLS)/lforms && cd package/dist/lforms && \
	cp webcomponent/lhc-forms.js webcomponent/styles.css webcomponent/assets/lib/zone.min.js \
		webcomponent/*.png fhir/R4/lformsFHIR.min.js $(TOOLS)/lforms || $(call failed,LHC-Forms)
	@rm -f $(TOOLS)/lforms-* && touch $@

$(TOOLS)/twiggy-$(TWIGGY): | toolchain
	@$(call say,Installing twiggy $(TWIGGY) into .tools (about a minute))
	@$(FAST_BUILD) cargo install --quiet --locked --root $(TOOLS) twiggy@$(TWIGGY) || $(call failed,twiggy)
	@touch $@

$(TOOLS)/cyclonedx-$(CYCLONEDX): | toolchain
	@$(call say,Installing cargo-cyclonedx $(CYCLONEDX) into .tools (about two minutes))
	@$(FAST_BUILD) cargo install --quiet --locked --root $(TOOLS) cargo-cyclonedx@$(CYCLONEDX) || $(call failed,cargo-cyclonedx)
	@touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
		$(call say,Installing Chromium and ChromeDriver); \
		[ "$$(id -u)" = 0 ] && as= || as=sudo; \
		command -v apt-get >/dev/null && $$as apt-get update -qq && \
		$$as apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null || \
		{ echo 'Chromium could not be installed: install chromium and chromedriver, then run this again.' >&2; exit 1; }; }

# A second browser engine, on a virtual display.
.PHONY: webkit
webkit:
	@command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || { \
		$(call say,Installing WebKitGTK and its driver); \
		[ "$$(id -u)" = 0 ] && as= || as=sudo; \
		command -v apt-get >/dev/null && $$as apt-get update -qq && \
		$$as apt-get install -y -qq --no-install-recommends webkit2gtk-driver xvfb >/dev/null || \
		{ echo 'WebKitGTK could not be installed: install WebKitWebDriver, the MiniBrowser of WebKitGTK 4.1 and Xvfb, then run this again.' >&2; exit 1; }; }

# A C compiler for programs without shared libraries.
.PHONY: musl
musl:
	@command -v musl-gcc >/dev/null || { \
		$(call say,Installing musl-gcc); \
		[ "$$(id -u)" = 0 ] && as= || as=sudo; \
		command -v apt-get >/dev/null && $$as apt-get update -qq && \
		$$as apt-get install -y -qq --no-install-recommends musl-tools >/dev/null || \
		{ echo 'musl-gcc could not be installed: install musl-tools, then run this again.' >&2; exit 1; }; }

.PHONY: postgres
postgres:
	@ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || { \
		$(call say,Installing PostgreSQL); \
		[ "$$(id -u)" = 0 ] && as= || as=sudo; \
		command -v apt-get >/dev/null && $$as apt-get update -qq && \
		$$as apt-get install -y -qq --no-install-recommends postgresql >/dev/null || \
		{ echo 'PostgreSQL could not be installed: install it below /usr/lib/postgresql, then run this again.' >&2; exit 1; }; }

# Debian's WordPress without the web server that its package depends on, and a database.
.PHONY: wordpress
wordpress: $(TOOLS)/wordpress

$(TOOLS)/wordpress:
	@$(call say,Installing PHP$(comma) MariaDB and WordPress)
	@[ "$$(id -u)" = 0 ] && as= || as=sudo; \
	{ { command -v php && [ -x /usr/sbin/mariadbd ] && php -m | grep -q mysqli; } >/dev/null || { \
		command -v apt-get >/dev/null && $$as apt-get update -qq && \
		$$as apt-get install -y -qq --no-install-recommends php-cli php-mysql mariadb-server-core >/dev/null; }; } && \
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cd "$$folder" && \
	apt-get download -qq wordpress 2>/dev/null && dpkg-deb -x wordpress_*.deb . && \
	mkdir -p $(TOOLS) && mv usr/share/wordpress $@ || \
	{ echo 'WordPress could not be installed: install php-cli, php-mysql and mariadb-server-core, and unpack WordPress into .tools/wordpress, then run this again.' >&2; exit 1; }
