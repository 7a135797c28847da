#!/bin/sh
# Makes a real Debian 12 image as an OCI layout at DEST/debian: a base layer from mmdebstrap, a second layer that
# purges one package and adds another, so that whiteouts and a rewritten dpkg database are in it.
# Beside it: packages.txt, what the root's own dpkg-query says of the result. usage: debian-image.sh DEST   (as root)
set -eu
dest=$1
export SOURCE_DATE_EPOCH=1700000000 DEBIAN_FRONTEND=noninteractive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$dest/debian"; mkdir -p "$dest"

mmdebstrap --quiet --variant=minbase --include=less,ca-certificates,libsqlite3-0 bookworm "$work/base.tar"
mkdir "$work/root"
tar -C "$work/root" -xf "$work/base.tar"

umoci init --layout "$work/debian"
umoci new --image "$work/debian:latest"
umoci unpack --image "$work/debian:latest" "$work/bundle"
tar -C "$work/bundle/rootfs" -xf "$work/base.tar"
umoci repack --history.created_by "mmdebstrap bookworm" --image "$work/debian:latest" "$work/bundle"
rm -rf "$work/bundle"

umoci unpack --image "$work/debian:latest" "$work/bundle"
chroot "$work/bundle/rootfs" dpkg --purge less >/dev/null
chroot "$work/bundle/rootfs" dpkg --remove --force-depends libsqlite3-0 >/dev/null
umoci repack --history.created_by "dpkg --purge less" --image "$work/debian:latest" "$work/bundle"

dpkg-query --admindir="$work/bundle/rootfs/var/lib/dpkg" --show \
  --showformat='${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' | sed -n 's/^installed\t//p' | sort > "$work/packages.txt"
umoci config --image "$work/debian:latest" --config.user nobody --config.label "org.example.made-by=debian-image.sh"
mkdir -p "$dest"
mv "$work/packages.txt" "$dest/debian-packages.txt"
mv "$work/debian" "$dest/debian"
