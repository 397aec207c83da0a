#!/bin/sh
# secrets.sh FOLDER NAME: makes the secrets of compose.yaml, each a file that
# only its reader in a container may read, and a certificate of its own for
# NAME, to be replaced by a real one. What is there already is left as it is.
# Run it as root: the files get the owners of the containers' users.
set -eu
folder=${1:?usage: secrets.sh FOLDER NAME}
name=${2:?usage: secrets.sh FOLDER NAME}
meihao=65532 mariadb=999 nginx=33
umask 077
mkdir -p "$folder"
chmod 0711 "$folder"
cd "$folder"

# keep FILE OWNER: takes standard input, unless the file is there.
keep() {
  if [ -s "$1" ]; then cat >/dev/null; echo "$1: there already"; return; fi
  cat >"$1.new"
  chown "$2:$2" "$1.new"
  chmod 0400 "$1.new"
  mv "$1.new" "$1"
  echo "$1: made"
}

openssl rand -base64 32 | keep master_key "$meihao"
openssl rand -hex 24 | keep database_root "$mariadb"
openssl rand -hex 24 | keep database_password "$mariadb"
printf 'meihao:%s@tcp(database:3306)/meihao\n' "$(cat database_password)" | keep database_dsn "$meihao"
if [ ! -s tls_key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 \
    -subj "/CN=$name" -addext "subjectAltName=DNS:$name" -keyout key.made -out certificate.made 2>/dev/null
  keep tls_key "$nginx" <key.made
  keep tls_certificate "$nginx" <certificate.made
  rm -f key.made certificate.made
fi
echo "Copy master_key to where no backup of the database goes: without it an open campaign can take no more answers."
