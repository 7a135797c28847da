#!/bin/sh
# Makes a large real root at DEST/big/root: Debian 12 with Python, Node, Java and Ruby packages, some of them beside the system's, and what the
# root's own tools say is in it: packages.txt (dpkg-query), python.txt (pip), ruby.txt (gem), node.txt and java.txt (a walk with Python's own
# JSON and ZIP readers). usage: big-root.sh DEST   (as root)
set -eu
here=$(dirname "$0")
dest=$1/big
export SOURCE_DATE_EPOCH=1700000000 DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$dest"; mkdir -p "$work/root"

# Few bytes are written that a test does not read: no documentation, no translations.
mmdebstrap --quiet --variant=minbase --format=directory \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt=force-unsafe-io --include=python3-pip,python3-yaml,python3-jinja2,npm,maven,ruby,bundler,ruby-rails \
  bookworm "$work/root"

# Packages that no package of the system owns: old ones, so that something can be found in them.
python3 -m pip install --quiet --no-deps --no-compile --target "$work/root/usr/local/lib/python3.11/dist-packages" \
  requests==2.19.0 flask==1.0 pyyaml==6.0.1 2>/dev/null
mkdir -p "$work/root/srv/app"
(cd "$work/root/srv/app" && npm install --silent --no-audit --no-fund --ignore-scripts lodash@4.17.20 express@4.17.1 @types/node@18.0.0 >/dev/null)

dpkg-query --admindir="$work/root/var/lib/dpkg" --show --showformat='${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' \
  | sed -n 's/^installed\t//p' | sort > "$work/packages.txt"
chroot "$work/root" python3 -m pip list --format=freeze 2>/dev/null | sed 's/==/ /' | sort > "$work/python.txt"
chroot "$work/root" gem list --local --quiet 2>/dev/null | sed -n 's/^\([^ ]*\) (\(.*\))$/\1 \2/p' | sort > "$work/ruby.txt"
# What Bundler locks from the gems that are there, and what it lists of it.
mkdir -p "$work/root/srv/ruby"
printf 'gem "rails"\n' > "$work/root/srv/ruby/Gemfile"
chroot "$work/root" sh -c 'cd /srv/ruby && bundle lock --local >/dev/null 2>&1 && bundle list 2>/dev/null' \
  | sed -n 's/^  \* \(.*\) (\(.*\))$/\1 \2/p' | sort > "$work/bundle.txt"
python3 "$here/walk.py" "$work/root" "$work"
mkdir -p "$dest"
mv "$work/root" "$work"/*.txt "$dest"
