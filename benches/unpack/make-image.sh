#!/bin/sh
# Makes a large real image for the bench `unpack` at DEST (kept, about 6 GB): a Debian root with compilers, Java, Node, Python and Go, in one layer and in
# seven, each stored with gzip, zstd and not at all. Needs mmdebstrap, zstd and Python. usage: make-image.sh DEST   (as root)
set -eu
here=$(dirname "$0")
dest=$1
export SOURCE_DATE_EPOCH=1700000000 DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
mkdir -p "$dest"
if [ ! -e "$dest/root.tar" ]; then
  mmdebstrap --quiet --variant=minbase --format=tar --dpkgopt=force-unsafe-io \
    --include=build-essential,openjdk-17-jdk-headless,maven,npm,python3-pip,python3-scipy,golang-go bookworm "$dest/root.tar.part"
  mv "$dest/root.tar.part" "$dest/root.tar"
fi
python3 "$here/layouts.py" "$dest/root.tar" "$dest"
