#!/bin/sh
# What the entry point of PostgreSQL's own image does, as far as docker-compose.yml needs it.
set -eu
PATH="$PATH:$(echo /usr/lib/postgresql/*/bin)"
data=/var/lib/postgresql/data
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
chown postgres:postgres "$data"
if [ ! -s "$data/PG_VERSION" ]; then
  password=$(mktemp)
  echo "$POSTGRES_PASSWORD" > "$password"
  chown postgres "$password"
  as_postgres initdb -D "$data" -U "$POSTGRES_USER" -A scram-sha-256 --pwfile="$password" > /dev/null
  rm "$password"
  echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
  echo "create database $POSTGRES_DB" | as_postgres postgres --single -D "$data" postgres > /dev/null
fi
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -D "$data" -c 'listen_addresses=*'
