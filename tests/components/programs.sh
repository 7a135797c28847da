#!/bin/sh
# Unpacks programs of Debian at DEST/programs, each for the test of what is told of it by its bytes. Beside them expected.txt:
# product, version as Debian names it without epoch and revision, and the file. usage: programs.sh DEST   (needs apt-get, dpkg-deb)
set -eu
mkdir -p "$1"
dest=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/programs"
cd "$work"
ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || apt-get -qq update

while read -r product package pattern; do
  # Another release of Debian has other versions of some; ten are enough.
  apt-get -qq download "$package" 2>/dev/null || { echo "$package cannot be had" >&2; continue; }
  archive=$(ls "$package"_*.deb)
  mkdir "root"
  dpkg-deb -x "$archive" root
  file=$(find root -type f -path "root/$pattern" | head -n 1)
  [ -n "$file" ] || { echo "$package has no file $pattern" >&2; exit 1; }
  place=programs/$product/${file#root/}
  mkdir -p "$(dirname "$place")"
  mv "$file" "$place"
  version=$(dpkg-deb -f "$archive" Version | sed 's/^[0-9]*://; s/-[^-]*$//; s/[+~].*//')
  printf '%s %s %s\n' "$product" "$version" "${place#programs/}" >> programs/expected.txt
  rm -rf root "$archive"
done <<'LIST'
nginx nginx usr/sbin/nginx
httpd apache2-bin usr/sbin/apache2
haproxy haproxy usr/sbin/haproxy
memcached memcached usr/bin/memcached
postgresql postgresql-15 usr/lib/postgresql/15/bin/postgres
mariadb mariadb-server-core usr/sbin/mariadbd
openssh openssh-server usr/sbin/sshd
lighttpd lighttpd usr/sbin/lighttpd
busybox busybox bin/busybox
bash bash bin/bash
perl perl-base usr/bin/perl
git git usr/bin/git
curl libcurl4 usr/lib/*/libcurl.so.4*
openssl libssl3 usr/lib/*/libcrypto.so.3
python python3.11-minimal usr/bin/python3.11
LIST
[ "$(wc -l < programs/expected.txt)" -ge 10 ] || { echo "too few programs could be had" >&2; exit 1; }
rm -rf "$dest/programs"
mv programs "$dest/programs"
