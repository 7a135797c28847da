#!/bin/sh
# Makes images with real builders at DEST/built, from the Debian image at DEST/debian: one of a multi-stage build by buildah (`staged`), one of 127 layers
# by umoci (`many`), an index of three platforms by buildah (`platforms`); OCI layouts all. Beside them what the built root's own tools list: packages.txt
# (dpkg-query), python.txt (pip), node.txt (npm). usage: built-images.sh DEST   (as root; needs buildah, umoci, python3, npm)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dest=$(cd "$1" && pwd)
export LC_ALL=C.UTF-8 BUILDAH_ISOLATION=chroot
work=$(mktemp -d)
# Buildah makes a name of the path, and names have no capital letters.
link=${TMPDIR:-/tmp}/portcullis-built-$$
trap 'rm -rf "$work" "$link"' EXIT
# One that hangs must not hold up everything.
buildah() { timeout 300 buildah --root "$work/store" --runroot "$work/run" --storage-driver vfs "$@" < /dev/null; }
rm -rf "$dest/built"; mkdir -p "$work/out" "$work/context"

# A multi-stage build: what is built stays behind, what is copied is there with the tools' own records of it; one package goes, one setting comes.
cd "$work/context"
python3 -m pip install --quiet --no-deps --no-compile --target site requests==2.19.0 flask==1.0 2>/dev/null
mkdir app
(cd app && npm install --silent --no-audit --no-fund --ignore-scripts lodash@4.17.20 express@4.17.1 >/dev/null)
cat > Dockerfile <<'DOCKERFILE'
FROM localhost/debian AS build
USER root
COPY site /build/site
COPY app /build/app
RUN echo left behind > /build/secret.txt
FROM localhost/debian
USER root
ARG REVISION=1
COPY --from=build /build/site /usr/lib/python3/dist-packages
COPY --from=build /build/app /srv/app
RUN DEBIAN_FRONTEND=noninteractive dpkg --purge ca-certificates openssl && echo "$REVISION" > /srv/app/REVISION
USER 1000
CMD ["node", "/srv/app"]
DOCKERFILE
ln -s "$dest/debian" "$link"
id=$(buildah pull --quiet "oci:$link:latest")
buildah tag "$id" localhost/debian
buildah build --quiet --layers --pull-never --timestamp 1700000000 --tag localhost/staged . >/dev/null
buildah push --quiet localhost/staged "oci:$work/out/staged:latest"
container=$(buildah from --pull-never localhost/staged)
root=$(buildah mount "$container")
dpkg-query --admindir="$root/var/lib/dpkg" --show --showformat='${db:Status-Status}\t${Package}\t${Version}\t${Architecture}\n' \
  | sed -n 's/^installed\t//p' | sort > "$work/out/packages.txt"
python3 -m pip list --format=freeze --path "$root/usr/lib/python3/dist-packages" 2>/dev/null | sed 's/==/ /' | sort > "$work/out/python.txt"
(cd "$root/srv/app" && npm ls --all --parseable --long) | sed -n 's/.*node_modules.*:\(@\{0,1\}[^@:]*\)@\([^@:]*\)$/\1 \2/p' | sort -u > "$work/out/node.txt"
buildah umount "$container" >/dev/null

# As many layers as older storage drivers took: each writes a file, most of them the same one again.
umoci init --layout "$work/out/many"
umoci new --image "$work/out/many:latest"
n=0
while [ $n -lt 127 ]; do
  printf 'Package: many\nStatus: install ok installed\nArchitecture: all\nVersion: %s\nMaintainer: a\nDescription: b\n' "$n" > "$work/status"
  case $((n % 3)) in 0) path=/var/lib/dpkg/status ;; *) path=/srv/layer-$n ;; esac
  umoci insert --image "$work/out/many:latest" --history.created_by "layer $n" "$work/status" "$path"
  n=$((n + 1))
done
printf 'ID=debian\nVERSION_ID=12\n' > "$work/os-release"

# An index of three platforms.
for platform in amd64 arm64 arm; do
  mkdir -p "$platform/etc" "$platform/var/lib/dpkg"
  cp "$work/os-release" "$platform/etc/os-release"
  printf 'Package: only-%s\nStatus: install ok installed\nArchitecture: %s\nVersion: 1\nMaintainer: a\nDescription: b\n' "$platform" "$platform" \
    > "$platform/var/lib/dpkg/status"
done
printf 'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /\n' > Dockerfile.platforms
buildah build --quiet --file Dockerfile.platforms --platform linux/amd64,linux/arm64,linux/arm/v7 --manifest localhost/platforms . >/dev/null
buildah manifest push --quiet --all localhost/platforms "oci:$work/out/platforms:latest" >/dev/null
mv "$work/out" "$dest/built"
