# What the scripts of the test servers share; TestServer gives it to bash together with one of them.
#
# A script starts its server on 127.0.0.1, prints one line "ready NAME=VALUE..." once it answers, and
# ends everything when its standard input does: whoever started it may be killed, nothing stays.
# It ends with 77 where the software is absent and cannot be installed, with 98 where a port was
# taken, and says why on standard error.
#
# RAIC_TESTBED: where what was downloaded is kept. PORTS: free ports. JAVA: a java of 17 or newer.
# By hand: S3_BUCKET=b S3_ACCESS_KEY=a S3_SECRET_KEY=s PORTS=20001 \
#   bash -c "$(cat common.sh s3proxy.sh)", and Ctrl-D ends it.
set -euo pipefail

absent=77
port_taken=98
start_seconds=240
# What they have written is thrown away, so nothing is lost by not waiting longer.
stop_tenths=30

cache=${RAIC_TESTBED:-${XDG_CACHE_HOME:-$HOME/.cache}/raic-testbed}
read -r -a ports <<<"${PORTS:-}"
state=
declare -A pids=()

is_absent() {
  echo "$*" >&2
  exit $absent
}

finish() {
  local status=$? pid
  trap - EXIT
  for pid in "${pids[@]}"; do
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
  done
  for pid in "${pids[@]}"; do
    while kill -0 -- "-$pid" 2>/dev/null && ((stop_tenths-- > 0)); do sleep 0.1; done
    kill -KILL -- "-$pid" 2>/dev/null || true
  done
  if [[ -n $state ]]; then
    rm -rf "$state"
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM
# Nobody may be left to read what is said at the end.
trap '' PIPE

# Makes the directory of this server, which ends with it.
make_state() {
  state=$(mktemp -d "${1:-${TMPDIR:-/tmp}}/raic-testbed-XXXXXXXX")
  mkdir "$state/log"
}

# installing FUNCTION...: runs it while nobody else installs anything.
installing() {
  mkdir -p "$cache"
  (
    flock 9
    "$@" 9>&-
  ) 9>"$cache/lock"
}

# debian PACKAGE...: installs those that are missing, and starts no service.
debian() {
  local package missing=()
  command -v dpkg-query >/dev/null || is_absent "these Debian packages are needed: $*"
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) == "install ok installed" ]] ||
      missing+=("$package")
  done
  ((${#missing[@]} == 0)) || installing debian_install "${missing[@]}"
}

debian_install() {
  local policy=/usr/sbin/policy-rc.d made= status=0
  ((EUID == 0)) || is_absent "root has to do: apt-get install --no-install-recommends $*"
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    made=yes
  fi
  export DEBIAN_FRONTEND=noninteractive
  local apt=(apt-get -o DPkg::Lock::Timeout=300 -qq)
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$@"; } \
    </dev/null >"$cache/apt.log" 2>&1 || status=$?
  [[ -z $made ]] || rm -f $policy
  if ((status != 0)); then
    tail -n 5 "$cache/apt.log" >&2
    is_absent "these Debian packages could not be installed: $*"
  fi
}

# spawn NAME COMMAND...: starts it in a session of its own.
spawn() {
  local name=$1
  shift
  setsid "$@" >"$state/log/$name.log" 2>&1 </dev/null &
  pids[$name]=$!
  # Or bash tells on standard error how it ended.
  disown
}

# answers PORT [PATH]: is there a server of HTTP?
answers() (
  exec 2>/dev/null
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "${2:-/}" >&3
  read -r -t 10 line <&3
  [[ $line == HTTP/* ]]
)

# listens PORT: does anybody?
listens() (
  exec 2>/dev/null
  exec 3<>"/dev/tcp/127.0.0.1/$1"
)

# until_true NAME COMMAND...: waits as long as the server NAME runs.
until_true() {
  local name=$1 end=$((SECONDS + start_seconds))
  shift
  while ((SECONDS < end)) && kill -0 "${pids[$name]}" 2>/dev/null; do
    ! "$@" || return 0
    sleep 0.1
  done
  fail "$name" "does not come up"
}

# fail NAME WORDS: ends with the end of its log.
fail() {
  tail -n 30 "$state/log/$1.log" >&2
  if grep -qiE 'address (is )?already in use|EADDRINUSE' "$state/log/$1.log"; then
    exit $port_taken
  fi
  echo "$1: $2" >&2
  exit 1
}

# logged NAME COMMAND...: runs it, and shows what it says only if it fails.
logged() {
  local name=$1
  shift
  "$@" >>"$state/log/$name.log" 2>&1 </dev/null || fail "$name" "failed: $*"
}

# ready NAME=VALUE...: says so, and waits for the end of standard input.
ready() {
  echo "ready $*"
  cat >/dev/null
}
