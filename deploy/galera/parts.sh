#!/usr/bin/env bash
# Read by `cluster`: what each part is and how it is run.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
first_port=${MEIHAO_GALERA_PORT:-23300}
binary=${MEIHAO_BINARY:-$here/../../bin/meihao}
folder=''
nodes=(node1 node2 node3)
PATH=$PATH:/usr/sbin:/sbin

say() { printf '%s\n' "$*"; }
die() { printf 'cluster: %s\n' "$*" >&2; exit 1; }

# use_folder FOLDER [make]: where everything lies.
use_folder() {
  folder=${1:-/var/tmp/meihao-galera}
  if [ "${2:-}" = make ]; then mkdir -p "$folder"; fi
  [ -d "$folder" ] || die "there is no $folder: cluster start makes it"
  folder=$(cd "$folder" && pwd)
}

# port PART WHAT: nodes have ten each; the first ten are the balancer's.
port() {
  local tens=0 ones
  case $1 in
    node[123]) tens=$((10 * ${1#node})) ;;
    meihao[12]) tens=40 ;;
  esac
  case $2 in
    database | sql) ones=0 ;;
    http | group) ones=1 ;;
    peers | state) ones=2 ;;
    copy) ones=3 ;;
    instance) ones=${1#meihao} ;;
    *) die "no port is called $2" ;;
  esac
  say $((first_port + tens + ones))
}

# --- processes -------------------------------------------------------------

# process PART: the id of its process, if that still is this part.
process() {
  local id words
  id=$(cat "$folder/$1/pid" 2>/dev/null) || return 1
  words=$(tr '\0' ' ' 2>/dev/null <"/proc/$id/cmdline") || return 1
  [[ $words == *"$1"* && $words == *"$folder"* ]] || return 1
  say "$id"
}

# end PART SIGNAL: sends it and waits until the process is gone; one that is
# not after a minute is killed.
end() {
  local id turn
  id=$(process "$1") || return 0
  kill "-$2" "$id" 2>/dev/null || return 0
  for ((turn = 0; turn < 1200; turn++)); do
    process "$1" >/dev/null || return 0
    sleep 0.05
  done
  kill -KILL "$id" 2>/dev/null || true
}

# background COMMAND PART: a part in a session of its own.
background() {
  mkdir -p "$folder/$2"
  setsid bash "$here/cluster" "$1" "$2" "$folder" </dev/null >>"$folder/$2/log" 2>&1 &
}

# served PART: waits until it serves, at most two minutes.
served() {
  local turn id
  for ((turn = 0; turn < 1200; turn++)); do
    serves "$1" && return 0
    sleep 0.1
    id=$(process "$1") || id=
    [ -n "$id" ] || [ "$turn" -lt 50 ] || die "$1 has ended: $folder/$1/log"
  done
  die "$1 does not serve: $folder/$1/log"
}

serves() {
  case $1 in
    node*) [ "$(state "$1" 2>/dev/null)" = "Synced ON" ] ;;
    haproxy) says "$(port haproxy database)" >/dev/null ;;
    meihao*) says "$(port "$1" instance)" /readyz | grep -q ' 200 ' ;;
  esac
}

# says PORT [PATH]: the first line of an HTTP answer; without a path whether
# somebody listens.
says() {
  local line=
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  if [ -n "${2:-}" ]; then
    printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$2" "$1" >&3
    read -r -t 5 line <&3 || true
  fi
  exec 3>&-
  say "$line"
} 2>/dev/null

# --- nodes -----------------------------------------------------------------

# mysql runs as its own user where we are root, as we are otherwise: rsync's
# daemon refuses to write as root.
as_owner=()
owner=$(id -un)
if [ "$(id -u)" = 0 ]; then
  owner=mysql
  as_owner=(setpriv --reuid=mysql --regid=mysql --init-groups --pdeathsig=keep)
fi

# sql NODE QUERY: as the one who started it, without a password.
sql() { mariadb --no-defaults --socket="$folder/$1/socket" --user="$(id -un)" --batch --skip-column-names --execute="$2"; }

state() {
  sql "$1" "SELECT GROUP_CONCAT(variable_value ORDER BY variable_name SEPARATOR ' ') FROM information_schema.global_status
    WHERE variable_name IN ('wsrep_local_state_comment', 'wsrep_ready')"
}

# server NODE ARGUMENT...: mariadbd with the two files that real machines have,
# smaller, and with ports of its own.
server() {
  local node=$1 options
  shift
  options=$(sed -n 's/^wsrep_provider_options = "\(.*\)"$/\1/p' "$here/galera.cnf")
  [ -n "$options" ] || die "galera.cnf has no wsrep_provider_options"
  options+=";gmcast.listen_addr=tcp://127.0.0.1:$(port "$node" group);ist.recv_addr=127.0.0.1:$(port "$node" state);gcache.size=128M"
  exec "${as_owner[@]}" mariadbd --defaults-file="$folder/mariadb.cnf" \
    --datadir="$folder/$node/data" --socket="$folder/$node/socket" --pid-file="$folder/$node/mariadbd.pid" \
    --bind-address=127.0.0.1 --port="$(port "$node" sql)" \
    --innodb-buffer-pool-size=128M --innodb-log-file-size=96M --performance-schema=OFF \
    --wsrep-node-name="$node" --wsrep-node-address="127.0.0.1:$(port "$node" group)" \
    --wsrep-sst-receive-address="127.0.0.1:$(port "$node" copy)" \
    --wsrep-cluster-address="gcomm://127.0.0.1:$(port node1 group),127.0.0.1:$(port node2 group),127.0.0.1:$(port node3 group)" \
    --wsrep-provider-options="$options" "$@"
}

# kept NODE FIELD: what a node wrote down about itself.
kept() { sed -n "s/^$2: *//p" "$folder/$1/data/grastate.dat" 2>/dev/null; }

# position NODE: cluster and number of the last transaction it knows. One that
# did not end in order has to be asked: it reads its log and says so.
position() {
  local number said
  if process "$1" >/dev/null && [ "$(cat "$folder/$1/pid")" != $$ ]; then
    sql "$1" "SELECT GROUP_CONCAT(variable_value ORDER BY variable_name SEPARATOR ':') FROM information_schema.global_status
      WHERE variable_name IN ('wsrep_cluster_state_uuid', 'wsrep_last_committed')"
    return
  fi
  [ -f "$folder/$1/data/ibdata1" ] || { say "00000000-0000-0000-0000-000000000000:-1"; return; }
  number=$(kept "$1" seqno)
  if [ "${number:--1}" != -1 ]; then
    say "$(kept "$1" uuid):$number"
    return
  fi
  said=$( (server "$1" --wsrep-recover --skip-networking) 2>&1) || die "$1 cannot be recovered: $said"
  said=$(sed -n 's/.*WSREP: Recovered position: *//p' <<<"$said")
  [ -n "$said" ] || die "$1 does not say where it is"
  say "$said"
}

# run_node NODE [--wsrep-new-cluster]
run_node() {
  local node=$1 at
  mkdir -p "$folder/$node/data"
  if [ ${#as_owner[@]} -gt 0 ]; then chown -R "$owner:" "$folder/$node"; fi
  say $$ >"$folder/$node/pid"
  at=$(position "$node")
  case $at in *:-1) at='' ;; esac
  server "$@" ${at:+--wsrep-start-position="$at"}
}

# first is the node that a cluster of which nobody runs begins with:
# the one that left last in order, else the one with the highest number. All
# must know the same cluster: numbers of two cannot be compared.
first() {
  local node at cluster='' best='' highest=-2
  for node in "${nodes[@]}"; do
    if [ "$(kept "$node" safe_to_bootstrap)" = 1 ]; then say "$node"; return; fi
  done
  for node in "${nodes[@]}"; do
    at=$(position "$node")
    say "$node is at $at" >&2
    [ "${at##*:}" != -1 ] || continue
    [ -z "$cluster" ] || [ "$cluster" = "${at%:*}" ] || die "nodes of two clusters: nothing is started"
    cluster=${at%:*}
    if [ "${at##*:}" -gt "$highest" ]; then highest=${at##*:} best=$node; fi
  done
  [ -n "$best" ] || die "no node knows anything"
  say "$best"
}

# run_first NODE: it is a cluster by itself from now on.
run_first() {
  sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$folder/$1/data/grastate.dat" 2>/dev/null || true
  rm -f "$folder/$1/data/gvwstate.dat" # whom it saw last does not matter now
  run_node "$1" --wsrep-new-cluster
}

# --- balancer and instances --------------------------------------------------

run_haproxy() {
  mkdir -p "$folder/haproxy"
  printf 'peers meihao\n    peer me 127.0.0.1:%s\n' "$(port haproxy peers)" >"$folder/haproxy/peers.cfg"
  say $$ >"$folder/haproxy/pid"
  exec env -u MEIHAO_HAPROXY_USER MEIHAO_HAPROXY_SOCKET="$folder/haproxy/socket" \
    MEIHAO_DATABASE="127.0.0.1:$(port haproxy database)" MEIHAO_LISTEN="127.0.0.1:$(port haproxy http)" \
    MEIHAO_NODE1="127.0.0.1:$(port node1 sql)" MEIHAO_NODE2="127.0.0.1:$(port node2 sql)" MEIHAO_NODE3="127.0.0.1:$(port node3 sql)" \
    MEIHAO_INSTANCE1="127.0.0.1:$(port meihao1 instance)" MEIHAO_INSTANCE2="127.0.0.1:$(port meihao2 instance)" \
    haproxy -db -L me -f "$here/haproxy-database.cfg" -f "$here/haproxy-instances.cfg" -f "$folder/haproxy/peers.cfg"
}

run_instance() {
  [ -x "$binary" ] || die "there is no $binary: make build"
  mkdir -p "$folder/$1"
  (umask 077 && cat >"$folder/$1/config.toml") <<TOML
listen = "127.0.0.1:$(port "$1" instance)"
public_address = "http://127.0.0.1:$(port haproxy http)"
data = "$folder/$1/data"
master_key_file = "$folder/master.key"
trusted_proxies = ["127.0.0.1/32"]
metrics = ""
[database]
dsn = "meihao:$(cat "$folder/password")@tcp(127.0.0.1:$(port haproxy database))/meihao"
TOML
  say $$ >"$folder/$1/pid"
  exec "$binary" serve --config "$folder/$1/config.toml"
}

has_instances() {
  [ -x "$binary" ] || { say "there is no $binary (make build): the database runs alone"; return 1; }
}

run_part() {
  case $1 in
    node*) run_node "$1" ;;
    haproxy) run_haproxy ;;
    meihao*) run_instance "$1" ;;
  esac
}

writer() {
  mariadb --no-defaults --host=127.0.0.1 --port="$(port haproxy database)" --user=meihao --password="$(cat "$folder/password")" \
    --batch --skip-column-names --execute='SELECT @@wsrep_node_name' 2>/dev/null || say "no node"
}

# --- the first time -----------------------------------------------------------

need() {
  local name missing=()
  for name in mariadbd mariadb-install-db mariadb rsync lsof socat haproxy setsid setpriv; do
    command -v "$name" >/dev/null || missing+=("$name")
  done
  [ -e /usr/lib/galera/libgalera_smm.so ] || missing+=(galera-4)
  [ ${#missing[@]} = 0 ] || die "missing: ${missing[*]} (apt-get install mariadb-server galera-4 rsync lsof socat haproxy)"
}

make() {
  need
  printf '!include %s\n' "$here/../compose/mariadb/meihao.cnf" "$here/galera.cnf" >"$folder/mariadb.cnf"
  if [ ${#as_owner[@]} -gt 0 ] && ! "${as_owner[@]}" test -x "$folder" -a -r "$here/galera.cnf"; then
    die "the user mysql cannot enter $folder, or read $here"
  fi
  if [ ! -e "$folder/node1" ]; then make_nodes; fi
}

# make_nodes: one database, copied, so that nobody has to be sent all of it.
make_nodes() {
  local node password
  password=$(od -An -N18 -tx1 /dev/urandom | tr -d ' \n')
  (umask 077 && say "$password" >"$folder/password" && head -c 32 /dev/urandom | base64 >"$folder/master.key")
  mkdir -p "$folder/node1"
  if [ ${#as_owner[@]} -gt 0 ]; then chown "$owner:" "$folder/node1"; fi
  "${as_owner[@]}" mariadb-install-db --no-defaults --datadir="$folder/node1/data" --skip-test-db --skip-name-resolve \
    --auth-root-authentication-method=socket --auth-root-socket-user="$(id -un)" >"$folder/node1/log" 2>&1 ||
    die "no database could be made: $folder/node1/log"
  background run-first node1
  served node1
  sql node1 "$(sed "s/FROM/127.0.0.1/; s/PASSWORD/$password/" "$here/accounts.sql")"
  end node1 TERM
  for node in node2 node3; do
    mkdir -p "$folder/$node"
    cp -a "$folder/node1/data" "$folder/$node/data"
    rm -f "$folder/$node/data/"{galera.cache,gvwstate.dat}
    sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 0/' "$folder/$node/data/grastate.dat"
  done
}
