#!/bin/sh
# Makes lockfiles with the real package managers at DEST/lockfiles, and beside each `expected.txt`: what the package
# manager itself says is locked, one `name version` a line, with `direct` or `transitive` where it says that too.
# usage: lockfiles.sh DEST   (needs cargo, npm, go, python3, git)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
dest=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# cargo: a binary with runtime, build and development dependencies, one renamed, one optional, one by path.
mkdir -p "$work/cargo/src" "$work/cargo/inner/src"
echo 'fn main() {}' > "$work/cargo/src/main.rs"
: > "$work/cargo/inner/src/lib.rs"
printf '[package]\nname = "inner"\nversion = "0.3.0"\nedition = "2021"\n' > "$work/cargo/inner/Cargo.toml"
cat > "$work/cargo/Cargo.toml" <<'TOML'
[package]
name = "locked"
version = "1.0.0"
edition = "2021"

[workspace]

[dependencies]
inner = { path = "inner" }
itoa = "1"
json = { package = "serde_json", version = "1" }
regex = { version = "1", optional = true }

[build-dependencies]
cc = "1"

[dev-dependencies]
tempfile = "3"
TOML
(cd "$work/cargo" && cargo generate-lockfile --quiet && cargo metadata --locked --all-features --format-version 1) > "$work/cargo/metadata.json"
python3 "$here/cargo_metadata.py" "$work/cargo/metadata.json" > "$work/cargo/expected.txt"

# cargo again: a workspace of two members with a dependency from git, one from a folder and two versions of one name, in both newer forms of
# the lockfile: a project for an old compiler gets the older.
mkdir -p "$work/repository/src" && : > "$work/repository/src/lib.rs"
printf '[package]\nname = "from-git"\nversion = "1.2.0"\nedition = "2021"\n[dependencies]\nitoa = "1"\n' > "$work/repository/Cargo.toml"
(cd "$work/repository" && git init -q -b main . && git add -A && git -c user.name=made -c user.email=made@example.org commit -q -m made && git tag v1.2.0)
for form in 3 4; do
  folder=$work/cargo-v$form
  mkdir -p "$folder/one/src" "$folder/two/src" "$folder/inner/src"
  for part in one two inner; do : > "$folder/$part/src/lib.rs"; done
  compiler=$([ "$form" = 3 ] && echo 1.70 || echo 1.83)
  printf '[workspace]\nmembers = ["one", "two"]\nexclude = ["inner"]\nresolver = "2"\n[workspace.dependencies]\nitoa = "1"\n' > "$folder/Cargo.toml"
  printf '[package]\nname = "inner"\nversion = "0.3.0"\nedition = "2021"\n[dependencies]\nbitflags = "1"\n' > "$folder/inner/Cargo.toml"
  printf '[package]\nname = "one"\nversion = "1.0.0"\nedition = "2021"\nrust-version = "%s"\n[dependencies]\nfrom-git = { git = "file://%s", tag = "v1.2.0" }\ntwo = { path = "../two" }\n' "$compiler" "$work/repository" > "$folder/one/Cargo.toml"
  printf '[package]\nname = "two"\nversion = "2.0.0"\nedition = "2021"\nrust-version = "%s"\n[dependencies]\nitoa = { workspace = true }\nbitflags = "2"\ninner = { path = "../inner" }\n' "$compiler" > "$folder/two/Cargo.toml"
  (cd "$folder" && cargo generate-lockfile --quiet && cargo metadata --locked --format-version 1) > "$folder/metadata.json"
  grep -q "^version = $form\$" "$folder/Cargo.lock"
  python3 "$here/cargo_metadata.py" "$folder/metadata.json" > "$folder/expected.txt"
  rm "$folder/metadata.json"
done

# npm: an alias, development and optional dependencies, a workspace; each generation of the lockfile.
for generation in 1 2 3; do
  folder=$work/npm-v$generation
  mkdir -p "$folder/packages/tool"
  cat > "$folder/package.json" <<'JSON'
{"name": "locked", "version": "1.0.0", "private": true, "workspaces": ["packages/*"],
 "dependencies": {"express": "4.18.2", "old-ms": "npm:ms@1.0.0"},
 "devDependencies": {"semver": "7.5.0"}, "optionalDependencies": {"fsevents": "2.3.2"}}
JSON
  echo '{"name": "tool", "version": "0.1.0", "dependencies": {"debug": "4.3.4"}}' > "$folder/packages/tool/package.json"
  (cd "$folder" && npm install --silent --no-audit --no-fund --package-lock-only --lockfile-version "$generation")
  (cd "$folder" && npm ls --all --json --package-lock-only 2>/dev/null || true) > "$folder/ls.json"
  python3 - "$folder/ls.json" > "$folder/expected.txt" <<'PY'
import json, sys
seen = {}
def visit(name, node, is_direct):
    is_local = node.get("resolved", "").startswith("file:")
    if "version" in node and not is_local:
        # An alias is listed under its own name, not under what it really is.
        package = ({"old-ms": "ms"}.get(name, name), node["version"])
        seen[package] = seen.get(package, False) or is_direct
    # What a workspace asks for, the project asks for.
    for child, inner in node.get("dependencies", {}).items():
        visit(child, inner, is_local and is_direct)
for name, node in json.load(open(sys.argv[1])).get("dependencies", {}).items():
    visit(name, node, True)
for package in sorted(seen):
    print(*package, "direct" if seen[package] else "transitive")
PY
done

# go: a module with direct and indirect requirements.
mkdir -p "$work/go"
printf 'package main\n\nimport _ "github.com/spf13/pflag"\nimport _ "golang.org/x/text/language"\n\nfunc main() {}\n' > "$work/go/main.go"
(cd "$work/go" && go mod init example.org/locked && go get github.com/spf13/pflag@v1.0.5 golang.org/x/text@v0.3.7 && go mod tidy) >/dev/null 2>&1
(cd "$work/go" && go mod edit -json) | python3 -c '
import json, sys
for r in sorted(json.load(sys.stdin)["Require"], key=lambda r: r["Path"]):
    print(r["Path"], r["Version"], "transitive" if r.get("Indirect") else "direct")' > "$work/go/expected.txt"
sh "$here/go-modules.sh" "$work"

# pip: pinned with hashes, as `pip-compile --generate-hashes` writes them, here from what pip itself resolves.
mkdir -p "$work/pip"
printf 'requests==2.31.0\nflask==2.2.5\n' > "$work/pip/wanted.txt"
python3 -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --report "$work/pip/report.json" -r "$work/pip/wanted.txt"
python3 - "$work/pip/report.json" "$work/pip" <<'PY'
import json, re, sys
found = sorted((re.sub(r"[-_.]+", "-", i["metadata"]["name"]).lower(), i["metadata"]["version"], i["download_info"]["archive_info"]["hashes"]["sha256"])
               for i in json.load(open(sys.argv[1]))["install"])
with open(sys.argv[2] + "/requirements.txt", "w") as out:
    for name, version, digest in found:
        out.write(f"{name}=={version} \\\n    --hash=sha256:{digest}\n")
with open(sys.argv[2] + "/expected.txt", "w") as out:
    for name, version, _ in found:
        out.write(f"{name} {version}\n")
PY

# The same in files that name each other, whatever they are called; pip reads them, and says what it would install.
mkdir -p "$work/pip-includes/lists" "$work/pip-includes/pins"
python3 - "$work/pip/expected.txt" "$work/pip-includes" <<'PY'
import sys
rows = [line.split() for line in open(sys.argv[1])]
third = len(rows) // 3
files = {
    "requirements.txt": ["-r lists/web", "-c pins/all.list"] + [name for name, _ in rows[:third]],
    "lists/web": ["-r ../rest.in"] + [f"{name}=={version}" for name, version in rows[third:2 * third]],
    "rest.in": ["-c pins/more.list"] + [name for name, _ in rows[2 * third:]],
    "pins/all.list": [f"{name}=={version}" for name, version in rows[:third]],
    "pins/more.list": [f"{name}=={version}" for name, version in rows[2 * third:]],
}
for name, lines in files.items():
    with open(f"{sys.argv[2]}/{name}", "w") as out:
        out.write("\n".join(lines) + "\n")
PY
(cd "$work/pip-includes" && python3 -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --report report.json -r requirements.txt)
python3 - "$work/pip-includes/report.json" > "$work/pip-includes/expected.txt" <<'PY'
import json, re, sys
found = ((re.sub(r"[-_.]+", "-", i["metadata"]["name"]).lower(), i["metadata"]["version"]) for i in json.load(open(sys.argv[1]))["install"])
print("\n".join(f"{name} {version}" for name, version in sorted(found)))
PY
rm -f "$work/pip-includes/report.json"
rm -f "$work/pip/report.json" "$work/cargo/metadata.json" "$work"/npm-v*/ls.json
rm -rf "$dest/lockfiles" "$work/repository"
mv "$work" "$dest/lockfiles"
trap - EXIT
