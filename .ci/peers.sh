# Other institutions' systems for the tests of feeds: a MariaDB, and an SFTP server. Sourced by `run`,
# which has started a PostgreSQL. Sets TEST_PEERS for the group of tests that needs them.

mariadb_pid=""
sshd_pid=""

stop_peers() {
  [ -n "$mariadb_pid" ] && kill "$mariadb_pid" 2>/dev/null && wait "$mariadb_pid" 2>/dev/null
  [ -n "$sshd_pid" ] && kill "$sshd_pid" 2>/dev/null
}

install_peers() {
  command -v mariadbd >/dev/null && [ -x /usr/sbin/sshd ] && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || give_up "MariaDB or sshd is not installed, and only root on Debian or Ubuntu can install them here."
  echo "Installing MariaDB and OpenSSH (apt) ..."
  export DEBIAN_FRONTEND=noninteractive
  # Neither is to be started by its package.
  { apt-get update -q && RUNLEVEL=1 apt-get install -y -q --no-install-recommends mariadb-server openssh-server; } >"$work/apt-peers.log" 2>&1
  command -v mariadbd >/dev/null && [ -x /usr/sbin/sshd ] || give_up "MariaDB or sshd did not install: $(tail -1 "$work/apt-peers.log")"
}

start_mariadb() {
  local data="$work/mariadb" user password
  user=$(id -un)
  if [ "$(id -u)" = 0 ]; then user=mysql; fi
  mkdir "$data"
  [ "$(id -u)" = 0 ] && chown mysql "$data"
  mariadb-install-db --no-defaults --user="$user" --datadir="$data" --auth-root-authentication-method=socket --skip-test-db \
    >"$work/mariadb-install.log" 2>&1 || give_up "MariaDB's data could not be made: $(tail -1 "$work/mariadb-install.log")"
  mariadb_port=$((31000 + RANDOM % 5000))
  mariadbd --no-defaults --user="$user" --datadir="$data" --socket="$data/socket" --pid-file="$data/pid" \
    --bind-address=127.0.0.1 --port="$mariadb_port" --log-error="$data/log" --log-bin-trust-function-creators=1 &
  mariadb_pid=$!
  for _ in $(seq 1 120); do
    mariadb-admin --no-defaults --socket="$data/socket" --user="$user" ping >/dev/null 2>&1 && break
    sleep 0.5
  done
  mariadb_password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  # Its administrator is whoever runs it, over its socket. The hospital's account may write: the feed does not.
  as_mariadb "$user" "$data/socket" <<SQL || give_up "MariaDB did not start: $(tail -1 "$data/log" 2>/dev/null)"
create database hospital;
use hospital;
create table ward_beds (ward varchar(20), total int, occupied int, seen datetime);
insert into ward_beds values ('ICU', 12, 8, '2026-03-01 11:00:00'), ('General', 40, 31, '2026-03-01 11:00:00');
create user feed@'127.0.0.1' identified by '$mariadb_password';
grant all on hospital.* to feed@'127.0.0.1';
delimiter //
create function set_beds() returns int modifies sql data begin insert into ward_beds values ('X', 1, 1, now()); return 1; end //
SQL
}

as_mariadb() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid="$1" --clear-groups mariadb --no-defaults --socket="$2" --user="$1"
  else mariadb --no-defaults --socket="$2" --user="$1"; fi
}

start_sftp() {
  local dir="$work/sftp"
  mkdir -p "$dir/files"
  ssh-keygen -q -t ed25519 -N "" -f "$dir/host"
  ssh-keygen -q -t ed25519 -N "" -f "$dir/client"
  cp "$dir/client.pub" "$dir/authorized"
  [ "$(id -u)" = 0 ] && mkdir -p /run/sshd
  sftp_port=$((36000 + RANDOM % 5000))
  cat >"$dir/config" <<CONFIG
ListenAddress 127.0.0.1:$sftp_port
HostKey $dir/host
PidFile $dir/pid
AuthorizedKeysFile $dir/authorized
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
UsePAM no
Subsystem sftp internal-sftp
ForceCommand internal-sftp
CONFIG
  /usr/sbin/sshd -D -f "$dir/config" -E "$dir/log" &
  sshd_pid=$!
}

start_peers() {
  install_peers
  start_mariadb
  start_sftp
  TEST_PEERS=$(PORT=$mariadb_port PASSWORD=$mariadb_password SFTP=$sftp_port DIR="$work/sftp" POSTGRES=$TEST_DATABASE_URL \
    KEY="$(cat "$work/sftp/client")" FINGERPRINT="$(ssh-keygen -lf "$work/sftp/host.pub" | cut -d' ' -f2)" LOGIN="$(id -un)" node -e '
      const { PORT, PASSWORD, SFTP, DIR, POSTGRES, KEY, FINGERPRINT, LOGIN } = process.env;
      console.log(JSON.stringify({
        mariadb: { port: Number(PORT), user: "feed", password: PASSWORD, database: "hospital" },
        postgres: POSTGRES,
        sftp: { port: Number(SFTP), user: LOGIN, privateKey: `${KEY}\n`, folder: `${DIR}/files`, hostKey: FINGERPRINT },
      }));')
  export TEST_PEERS
}
