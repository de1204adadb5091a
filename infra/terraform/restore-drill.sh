#!/usr/bin/env bash
# Has the database back as it was an hour ago, in an instance of its own, compares it with the original, and deletes it.
#
#   PROJECT=my-bachata infra/terraform/restore-drill.sh
#
# Needed: gcloud with the right to clone instances, cloud-sql-proxy, psql, and the owner's password in PGPASSWORD:
#   export PGPASSWORD=$(gcloud secrets versions access latest --secret DATABASE_OWNER_URL | sed 's/.*:\(.*\)@.*/\1/')
# Costs an instance of the same size for as long as it takes, half an hour as a rule.
set -euo pipefail
: "${PROJECT:?the project}" "${PGPASSWORD:?the password of the user bachata}"
SOURCE=${SOURCE:-bachata}
DRILL=${DRILL:-bachata-drill-$(date -u +%Y%m%d-%H%M)}
MOMENT=$(date -u -d '1 hour ago' +%Y-%m-%dT%H:%M:%SZ)
PROXY_WAIT_SEC=${PROXY_WAIT_SEC:-120}
export PGUSER=bachata PGDATABASE=bachata_buddy PGHOST=127.0.0.1

proxies=()
clean_up() {
  for pid in "${proxies[@]}"; do kill "$pid" || true; done
  gcloud sql instances patch "$DRILL" --project "$PROJECT" --no-deletion-protection --quiet || true
  gcloud sql instances delete "$DRILL" --project "$PROJECT" --quiet || true
}
trap clean_up EXIT

began=$SECONDS
gcloud sql instances clone "$SOURCE" "$DRILL" --project "$PROJECT" --point-in-time "$MOMENT"
echo "Restored to $MOMENT in $((SECONDS - began)) s."

listen() { # INSTANCE PORT
  local connection proxy deadline
  connection=$(gcloud sql instances describe "$1" --project "$PROJECT" --format 'value(connectionName)')
  cloud-sql-proxy --quiet --port "$2" "$connection" &
  proxy=$!
  proxies+=("$proxy")
  deadline=$((SECONDS + PROXY_WAIT_SEC))
  until pg_isready --quiet --port "$2"; do
    if ! kill -0 "$proxy" 2>/dev/null; then
      echo "cloud-sql-proxy of $1 has ended; what it said stands above. Is port $2 free, and may you connect?" >&2
      exit 1
    fi
    if ((SECONDS >= deadline)); then
      echo "$1 did not answer behind cloud-sql-proxy within $PROXY_WAIT_SEC s." >&2
      exit 1
    fi
    sleep 1
  done
}
listen "$SOURCE" 15432
listen "$DRILL" 15433

# What was there at that moment and has not changed since must be the same in both.
figures() { # PORT
  psql --port "$1" --no-align --tuples-only --set ON_ERROR_STOP=1 --command "
    select 'users', count(*), max(id) from users where date_joined < '$MOMENT'
    union all select 'items', count(*), null from saved_choreographies where updated_at < '$MOMENT'
    union all select 'migrations', count(*), null from schema_migrations where applied_at < '$MOMENT'
    order by 1"
}
# Items that were deleted within the hour are in the drill alone, which the difference shows.
if diff <(figures 15432) <(figures 15433); then
  echo "The drill holds what the original held. It took $((SECONDS - began)) s in all."
else
  echo 'They differ: look whether the hour since explains it (deleted users and items).' >&2
  exit 1
fi
