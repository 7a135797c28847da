#!/bin/sh
# Makes more modules with the real go at DEST: one of an old form, whose go.sum has what go.mod leaves out; one with its code in `vendor` and two modules
# replaced; a workspace of two with its own `vendor`. Beside each `expected.txt`, what is built (with what replaces) and whether go.mod itself asks for
# it; all.txt has what `go list -m all` lists, which is also what is only looked at for its requirements. usage: go-modules.sh DEST   (needs go, python3)
set -eu
mkdir -p "$1" && cd "$1"

module() { # FOLDER GO-VERSION IMPORT...
    mkdir -p "$1" && printf 'module example.org/%s\n\ngo %s\n' "$(basename "$1")" "$2" > "$1/go.mod" && source=$1/main.go && shift 2
    { printf 'package main\n\n' && printf 'import _ "%s"\n' "$@" && printf '\nfunc main() {}\n'; } > "$source"
}

built() { # PACKAGES...: the modules they are built of, told apart by the go.mod files of this folder and those in it
    for file in go.mod */go.mod; do if [ -f "$file" ]; then go mod edit -json "$file"; fi; done > asked.json
    go list -deps -json=Module "$@" > modules.json
    python3 - <<'PY'
import json, os
def documents(path):
    text, at, decoder = open(path).read().strip(), 0, json.JSONDecoder()
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        at += len(text[at:]) - len(text[at:].lstrip())
        yield document
direct = {r["Path"] for file in documents("asked.json") for r in file.get("Require") or [] if not r.get("Indirect")}
found = {}
for module in (document.get("Module") for document in documents("modules.json")):
    if module and not module.get("Main"):
        new = module.get("Replace") or {}
        named = new if "Version" in new else module
        found[named["Path"], named.get("Version", "-")] = module["Path"] in direct
for (path, version), is_direct in sorted(found.items()):
    print(path, version, "direct" if is_direct else "transitive")
PY
    rm -f asked.json modules.json
}

module go-old 1.16 rsc.io/quote github.com/sirupsen/logrus
(cd go-old && go get rsc.io/quote@v1.5.2 github.com/sirupsen/logrus@v1.8.1 && go mod tidy) > /dev/null 2>&1
(cd go-old && built ./... > expected.txt && go list -m all | sed 1d > all.txt)

module go-vendor 1.22 rsc.io/quote example.org/inner
mkdir go-vendor/inner && printf 'module example.org/inner\n\ngo 1.22\n' > go-vendor/inner/go.mod && echo 'package inner' > go-vendor/inner/inner.go
(
    cd go-vendor && go mod edit -replace example.org/inner=./inner -replace rsc.io/sampler=rsc.io/sampler@v1.3.1
    go get rsc.io/quote@v1.5.2 && go mod tidy && go mod vendor
) > /dev/null 2>&1
(cd go-vendor && built ./... > expected.txt && find vendor -type f ! -name modules.txt -delete)

module go-work/one 1.22 rsc.io/quote && module go-work/two 1.22 github.com/sirupsen/logrus
(
    cd go-work && (cd one && go get rsc.io/quote@v1.5.2 && go mod tidy) && (cd two && go get github.com/sirupsen/logrus@v1.8.1 && go mod tidy)
    go work init ./one ./two && go work edit -replace rsc.io/sampler=rsc.io/sampler@v1.3.1 && go work vendor
) > /dev/null 2>&1
(cd go-work && built ./one/... ./two/... > expected.txt && find vendor -type f ! -name modules.txt -delete)
